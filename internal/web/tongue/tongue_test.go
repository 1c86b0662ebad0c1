package tongue_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"colophon/internal/web/tongue"
)

// catalogue is a file of messages: the plural forms of each, "" for a message
// that has none.
func catalogue(t *testing.T, code string) map[string]map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("messages", code+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(b, &raw); err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	for id, v := range raw {
		all[id] = map[string]string{}
		switch v := v.(type) {
		case string:
			all[id][""] = v
		case map[string]any:
			for form, text := range v {
				all[id][form], _ = text.(string)
			}
		}
	}
	return all
}

// forms are the plural forms that each language needs (CLDR).
var forms = map[string][]string{
	"en": {"one", "other"}, "de": {"one", "other"}, "es": {"many", "one", "other"},
	"fr": {"many", "one", "other"}, "he": {"one", "other", "two"},
}

var gap = regexp.MustCompile(`{{\.\w+}}`)

// Every language has every message, in all its forms, with the same gaps.
func TestCataloguesAreComplete(t *testing.T) {
	english := catalogue(t, "en")
	for code, needed := range forms {
		words := catalogue(t, code)
		for id := range words {
			if english[id] == nil {
				t.Errorf("%s: %s is no message of the English catalogue", code, id)
			}
		}
		for id, want := range english {
			got := words[id]
			if got == nil {
				t.Errorf("%s lacks %s", code, id)
				continue
			}
			_, single := want[""]
			if have := slices.Sorted(maps.Keys(got)); single != slices.Equal(have, []string{""}) || !single && !slices.Equal(have, needed) {
				t.Errorf("%s: %s has the forms %q", code, id, have)
			}
			fits(t, code, id, want, got)
		}
	}
}

func fits(t *testing.T, code, id string, want, got map[string]string) {
	t.Helper()
	gaps := map[string]bool{}
	for _, text := range want {
		for _, g := range gap.FindAllString(text, -1) {
			gaps[g] = true
		}
	}
	for form, text := range got {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s: %s says nothing", code, id)
		}
		n := 0
		for _, g := range gap.FindAllString(text, -1) {
			if n++; !gaps[g] {
				t.Errorf("%s: %s has a gap %s that nothing fills", code, id, g)
			}
		}
		if n < len(gaps) && form != "one" && form != "two" {
			t.Errorf("%s: %s (%s) leaves out one of %v", code, id, form, slices.Sorted(maps.Keys(gaps)))
		}
		if strings.ContainsAny(text, "<>") && !strings.Contains(text, "->") {
			t.Errorf("%s: %s has markup: %s", code, id, text)
		}
	}
}

// computed are the messages whose ids the pages put together, by their beginning.
var computed = []string{"nav/", "field.", "failure.", "look.", "month.", "rating.", "lengths.", "about.", "rules.", "search.in.", "search.hint.", "date.", "doors.", "time.", "span.", "source.kind.", "status.", "asking.", "kind.", "sort.", "term.", "tags.about.", "filter.by.", "problem."}

// The pages use no message that is not there, and none is there for nothing.
func TestMessagesAreUsed(t *testing.T) {
	used := map[string]bool{}
	call := regexp.MustCompile(`\b(?:(?:Say|Count)\(|ifTrue\([^"]+, )"([^"]+)"`)
	err := filepath.WalkDir("..", func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".templ") && (!strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go")) {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range call.FindAllSubmatch(b, -1) {
			used[string(m[1])] = true
		}
		return err
	})
	if err != nil || len(used) < 100 {
		t.Fatalf("%d messages are used: %v", len(used), err)
	}
	english := catalogue(t, "en")
	begins := func(id string) bool {
		return slices.ContainsFunc(computed, func(p string) bool { return strings.HasPrefix(id, p) })
	}
	for id := range used {
		if english[id] == nil && !begins(id) && id != "nav" {
			t.Errorf("%s is said and in no catalogue", id)
		}
	}
	for id := range english {
		if !used[id] && !begins(id) {
			t.Errorf("%s is in the catalogues and said nowhere", id)
		}
	}
}

func load(t *testing.T) *tongue.Tongues {
	t.Helper()
	ts, err := tongue.Load()
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func TestChoose(t *testing.T) {
	ts := load(t)
	for _, c := range []struct{ chosen, accepted, own, want string }{
		{"", "", "", "en"},
		{"", "de-AT,de;q=0.9,en;q=0.8", "", "de"},
		{"", "pt-BR", "", "en"},
		{"", "pt-BR", "fr", "fr"},
		{"", "fr;q=0.2, he;q=0.9", "", "he"},
		{"es", "de", "fr", "es"},
		{"xx", "de", "", "de"},
		{"<script>", "…;;q=", "", "en"},
		{"", strings.Repeat("de,", 5000), "", "en"},
	} {
		if got := ts.Choose(c.chosen, c.accepted, c.own).Code(); got != c.want {
			t.Errorf("Choose(%q, %.20q, %q) is %s, want %s", c.chosen, c.accepted, c.own, got, c.want)
		}
	}
}

func TestSay(t *testing.T) {
	ts := load(t)
	en, de, he := ts.Choose("en", "", ""), ts.Choose("de", "", ""), ts.Choose("he", "", "")
	day := time.Date(2003, 2, 11, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{en.Count("count.stories", 1), "1 story"},
		{en.Count("count.stories", 1204), "1,204 stories"},
		{de.Number(1204), "1.204"},
		{en.Say("chapter.place", "N", "2", "Of", "3"), "Chapter 2 of 3"},
		{en.Date(day), "11 February 2003"},
		{ts.Choose("fr", "", "").Date(day.AddDate(0, 0, -10)), "1er février 2003"},
		{en.Month(day), "February 2003"},
		{en.Joined([]string{"A", "B", "C"}), "A, B and C"},
		{en.Language("de"), "German"},
		{de.Language("de"), "Deutsch"},
		{en.Language("not a tag!"), "not a tag!"},
		{he.Dir(), "rtl"},
		{de.Dir(), "ltr"},
		{de.Name(), "Deutsch"},
		{ts.Choose("fr", "", "").Name(), "Français"},
		{en.Say("no.such.message"), "no.such.message"},
		{ts.Named("he"), "he"},
		{ts.Named("tlh"), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
