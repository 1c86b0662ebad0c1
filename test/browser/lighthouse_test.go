package browser_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The floors: scores of 100, and what a page of a story may transfer.
const (
	leastScore   = 100
	mostCached   = 60 << 10  // bytes, with fonts that are there already
	mostUncached = 130 << 10 // bytes, with fonts
)

// lighthouseFlags keep Chromium from asking the network for anything else.
const lighthouseFlags = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage"

// report is what Lighthouse says of a page.
type report struct {
	Categories map[string]struct {
		Score     *float64
		AuditRefs []struct {
			ID     string
			Weight float64
		}
	}
	Audits map[string]struct {
		Title       string
		Explanation string
		Score       *float64
		Details     json.RawMessage // its form is that of the audit
	}
}

// TestLighthouse measures the home page and the longest chapter. It is part of
// make lighthouse only: each page takes a quarter of a minute.
func TestLighthouse(t *testing.T) {
	if os.Getenv("COLOPHON_LIGHTHOUSE") == "" {
		t.Skip("takes long: make lighthouse runs it")
	}
	program := tool(t, "lighthouse", "cli", "index.js")
	needBrowser(t)
	for _, p := range []*page{lab.site.pages["/"], longestChapter()} {
		t.Run(p.String(), func(t *testing.T) { measure(t, program, p) })
	}
}

// longestChapter is the chapter with most markup.
func longestChapter() *page {
	var best *page
	for _, p := range lab.site.pages {
		if chapterPath.MatchString(p.path) && p.code == 200 && (best == nil || len(p.raw) > len(best.raw)) {
			best = p
		}
	}
	return best
}

func measure(t *testing.T, program string, p *page) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.json")
	cmd := exec.Command("node", program, lab.base+p.path, "--quiet", "--output=json", "--output-path="+file,
		"--only-categories=performance,accessibility,best-practices,seo", "--chrome-flags="+lighthouseFlags)
	cmd.Env = append(os.Environ(), "CHROME_PATH="+chromium())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("lighthouse: %v\n%s", err, bytes.TrimSpace(out))
	}
	text, err := os.ReadFile(file)
	check(t, err)
	var r report
	check(t, json.Unmarshal(text, &r))
	for _, name := range []string{"performance", "accessibility", "best-practices", "seo"} {
		score := 0
		if c := r.Categories[name]; c.Score != nil {
			score = int(*c.Score*100 + .5)
		}
		t.Logf("%-16s %4d", name, score)
		if score < leastScore {
			t.Errorf("%s: %s is %d, want %d:%s", p, name, score, leastScore, r.reasons(name))
		}
	}
	fonts, all := r.transfer(t)
	t.Logf("%-16s %4.1f KB with fonts, %.1f KB with fonts cached", "transfer", all/1024, (all-fonts)/1024)
	if all > mostUncached || all-fonts > mostCached {
		t.Errorf("%s: %.1f KB are transferred, %.1f KB with fonts cached; want at most %d and %d", p, all/1024, (all-fonts)/1024, mostUncached>>10, mostCached>>10)
	}
}

// reasons names the audits that cost points.
func (r *report) reasons(category string) string {
	var out string
	for _, ref := range r.Categories[category].AuditRefs {
		if a := r.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 1 {
			out += "\n  " + ref.ID + ": " + a.Title + " " + a.Explanation
		}
	}
	return out
}

// transfer is how many bytes came over the line: fonts, and all.
func (r *report) transfer(t *testing.T) (fonts, all float64) {
	t.Helper()
	var requests struct {
		Items []struct {
			ResourceType string
			TransferSize float64
		}
	}
	check(t, json.Unmarshal(r.Audits["network-requests"].Details, &requests))
	if len(requests.Items) == 0 {
		t.Fatal("lighthouse saw no requests: the transfer is not measured")
	}
	for _, item := range requests.Items {
		all += item.TransferSize
		if item.ResourceType == "Font" {
			fonts += item.TransferSize
		}
	}
	return fonts, all
}
