package sample_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"colophon/internal/archive"
	"colophon/internal/sample"
)

// key is what the store tells names by, near enough: letters and digits without
// case, and the sign of a relationship.
func key(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '/' || r == '&' {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

func TestNamesAreDistinct(t *testing.T) {
	for kind, names := range sample.Canonical(3) {
		seen, strange, n := map[string]string{}, 0, 0
		for name := range names {
			n++
			if before, ok := seen[key(name)]; ok {
				t.Errorf("%s: %q and %q are one name", kind, before, name)
			}
			seen[key(name)] = name
			if !utf8.ValidString(name) || name != strings.TrimSpace(name) {
				t.Errorf("%s: %q is no name", kind, name)
			}
			if strings.IndexFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
				strange++
			}
		}
		if share := float64(strange) / float64(n); share < 0.01 || share > 0.10 {
			t.Errorf("%s: %.3f of %d names are not ASCII", kind, share, n)
		}
	}
	characters, relationships := sample.Counts(3)
	if characters < 327_000 || characters > 327_424 || relationships < 624_000 || relationships > 625_122 {
		t.Errorf("%d characters and %d relationships", characters, relationships)
	}
}

// What a tag refers to has been there before it, and no two tags are one.
func TestTagsReferBack(t *testing.T) {
	s := sample.New(5000, 7, sample.Options{})
	type id struct {
		kind archive.TagKind
		name string
	}
	canonical, keys, states, parents := map[id]bool{}, map[id]string{}, map[archive.TagState]int{}, 0
	for tag := range s.Tags() {
		states[tag.State]++
		k := id{tag.Kind, key(tag.Name)}
		if before, ok := keys[k]; ok {
			t.Errorf("%s: %q and %q are one tag", tag.Kind, before, tag.Name)
		}
		keys[k] = tag.Name
		above := tag.Kind
		if above == archive.TagCharacter || above == archive.TagRelationship {
			above = archive.TagFandom
			if tag.State == archive.TagCanonical && len(tag.Parents) != 1 {
				t.Errorf("%s %q has the parents %q, want a fandom", tag.Kind, tag.Name, tag.Parents)
			}
		}
		for _, p := range tag.Parents {
			parents++
			if !canonical[id{above, p}] {
				t.Errorf("%s %q is part of %q, which has not come yet", tag.Kind, tag.Name, p)
			}
		}
		switch tag.State {
		case archive.TagCanonical:
			canonical[id{tag.Kind, tag.Name}] = true
		case archive.TagSynonym:
			if !canonical[id{tag.Kind, tag.Of}] || len(tag.Parents) > 0 {
				t.Errorf("%s %q stands for %q with the parents %q", tag.Kind, tag.Name, tag.Of, tag.Parents)
			}
		default:
			t.Errorf("%q is %q", tag.Name, tag.State)
		}
	}
	if states[archive.TagCanonical] < 5000 || states[archive.TagSynonym] < 1000 || parents < 5000 {
		t.Errorf("there are %v and %d parents", states, parents)
	}
	// Every fandom of a story is a placed tag or another case of one.
	for st := range sample.Stories(200, 7, sample.Options{}) {
		for _, f := range st.Header.Fandoms {
			if _, ok := keys[id{archive.TagFandom, key(f)}]; !ok {
				t.Errorf("the fandom %q is not among the tags", f)
			}
		}
		if slices.Contains(st.Header.Fandoms, "") {
			t.Error("a fandom has no name")
		}
	}
}
