package browser_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestMarkup holds the markup of the pages, as served, against the standard.
// What is switched off and why stands in htmlvalidate.cjs.
func TestMarkup(t *testing.T) {
	program := tool(t, "html-validate", "bin", "html-validate.mjs")
	if _, err := exec.LookPath("node"); err != nil {
		lacking(t, "node", "install nodejs")
	}
	dir := t.TempDir()
	names := map[string]string{}
	for i, p := range lab.site.checked() {
		name := filepath.Join(dir, fmt.Sprintf("%03d.html", i))
		names[name] = p.String()
		check(t, os.WriteFile(name, p.raw, 0o600))
	}
	config, err := filepath.Abs("htmlvalidate.cjs")
	check(t, err)
	cmd := exec.Command("node", program, "--config", config, "--formatter", "json", dir)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output() // its code is 1 where it found something
	var results []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Severity        int
			Line, Column    int
		}
	}
	if json.Unmarshal(out, &results) != nil {
		t.Fatalf("html-validate: %v\n%s%s", err, out, errs.Bytes())
	}
	for _, r := range results {
		for _, m := range r.Messages {
			t.Errorf("%s:%d:%d: %s (%s)", names[r.FilePath], m.Line, m.Column, m.Message, m.RuleID)
		}
	}
	if err != nil && len(results) == 0 {
		t.Errorf("html-validate: %v\n%s", err, errs.Bytes())
	}
}
