package describe_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/describe"
	"colophon/internal/rescue"
	"colophon/test/beside"
)

var update = flag.Bool("update", false, "write the golden files anew")

func at(id string) describe.Place {
	base := "https://lantern.example"
	return describe.Place{
		Story: base + "/stories/" + id, Contents: base + "/stories/" + id + "#contents",
		Chapter: func(n int) string { return base + "/stories/" + id + "/chapters/" + strconv.Itoa(n) },
		Author: func(name string) string {
			return base + "/authors/" + strings.ToLower(strings.ReplaceAll(name, " ", "-"))
		},
		Archive: base + "/", Name: "The Lantern Room",
	}
}

// rich is a story with every field.
func rich() *archive.Story {
	digest, _ := archive.ParseDigest(strings.Repeat("c0ffee42", 8))
	return &archive.Story{
		ID: 17, Revision: 3,
		Header: archive.Header{
			Title: "The Ninth Bell & After",
			Bylines: []archive.Byline{
				{Name: "Mara Quill", Role: archive.Author, Also: []string{"quillfeather"}},
				{Name: "Tamsin Roe", Role: archive.CoAuthor},
				{Name: "Old Ferry", Role: archive.Beta},
				{Name: "Inès Vautrin", Role: archive.Translator},
				{Name: "Bram", Role: archive.Artist},
				{Name: "Wren", Role: archive.Recipient},
			},
			Fandoms: []string{"Harbour Nights"}, Rating: archive.Stated{Written: "PG-13 (for fog)", Normal: archive.RatingTeen},
			Warnings: []string{"Storms"}, WarningsNone: true, Relationships: []string{"Joss/Marit", "Odile & Tam"},
			Characters: []string{"Joss", "Marit"}, Genres: []string{"Mystery"}, Categories: []string{"Gen"}, Keywords: []string{"fog, thick", "bells"},
			Summary: "Nobody rings the <ninth> bell.", Notes: "Written on a ferry.\n\nRevised ashore.", Disclaimer: "The harbour is not mine.",
			Spoilers: "Season two", Thanks: "To the night watch.", Dedication: "For the keepers.",
			Series: archive.Place{Name: "Bells", Part: "III"}, SequelTo: "The Eighth Bell", PrequelTo: "Silence", Prerequisites: []string{"The First Bell"},
			Status: archive.Complete, Date: archive.Stated{Written: "March '02", Normal: "2002-03"}, Updated: archive.Stated{Written: "4/5/03"},
			Language: "en", WordsStated: 9000, Feedback: archive.Feedback{Address: true, Requested: true}, Homepage: "http://quill.example/",
			Permission: "Ask first.", ArchiveName: "Lantern Archive", ListName: "bells-l", Other: []archive.Labelled{{Label: "Weather", Value: "Fog"}},
		},
		Chapters: []archive.Chapter{{Title: "Fog", Words: 4100, Notes: "Slow tide."}, {Words: 3900}},
		Sources: []archive.Source{
			{Origin: "/home/keeper/pages", Path: "bells/nine.html", Digest: digest, Size: 41312, Kind: archive.HTML},
			{Origin: "/home/keeper/pages", Path: "copy/nine.txt", Digest: digest, Size: 40100, Kind: archive.Text, Copy: true},
		},
		Sealed: []archive.Sealed{{Address: "mara@quill.example"}},
		Added:  time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC), Changed: time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC),
	}
}

func story(t testing.TB, s *archive.Story) []byte {
	t.Helper()
	b, err := describe.Story(s, at(strconv.FormatInt(s.ID, 10)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestGolden(t *testing.T) {
	var got bytes.Buffer
	if err := json.Indent(&got, story(t, rich()), "", "  "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	name := filepath.Join("testdata", "rich.json")
	if *update {
		if err := os.WriteFile(name, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, secret := range []string{"@quill", "/home/keeper"} {
		if strings.Contains(got.String(), secret) {
			t.Errorf("the description holds %q", secret)
		}
	}
}

// checkKept reads a story's description back, alone and from a page.
func checkKept(t interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}, s *archive.Story,
) {
	t.Helper()
	block, err := describe.Story(s, at("17"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(block, "<>&\u2028\u2029\u202e\x7f\n") {
		t.Fatalf("not safe in a page: %q", block)
	}
	page := "<!DOCTYPE html><title>a</title><script>1<2</script><script type='application/ld+json'>" + string(block) + "</script><p>text"
	found, ok := describe.Find([]byte(page))
	if !ok || !bytes.Equal(found, block) {
		t.Fatalf("found %v %q, want %q", ok, found, block)
	}
	r, err := describe.Read(found)
	if err != nil {
		t.Fatal(err)
	}
	want := archive.Story{ID: s.ID, Revision: s.Revision, Header: cleaned(s.Header), Added: s.Added, Changed: s.Changed}
	for _, c := range s.Chapters[:min(len(s.Chapters), 100)] {
		want.Chapters = append(want.Chapters, archive.Chapter{Title: valid(c.Title), Words: c.Words})
	}
	for _, src := range s.Sources {
		src.Origin, src.Path, src.Reading = "", valid(src.Path), nil
		want.Sources = append(want.Sources, src)
	}
	if diff := cmp.Diff(want, r.Story, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("read back (-want +got):\n%s", diff)
	}
	if r.Count != len(s.Chapters) || len(s.Chapters) > 0 && r.Words != s.Words() {
		t.Fatalf("%d chapters of %d words, want %d of %d", r.Count, r.Words, len(s.Chapters), s.Words())
	}
}

// valid is the rule for text that is not UTF-8: U+FFFD for each invalid byte.
func valid(s string) string { return string([]rune(s)) }

// cleaned is a copy of a header with the rule applied to all its text.
func cleaned(h archive.Header) archive.Header {
	v := reflect.New(reflect.TypeOf(h)).Elem()
	tidy(v, reflect.ValueOf(h))
	return v.Interface().(archive.Header)
}

func tidy(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.String:
		to.SetString(valid(from.String()))
	case reflect.Slice:
		to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		for i := range from.Len() {
			tidy(to.Index(i), from.Index(i))
		}
	case reflect.Struct:
		for i := range from.NumField() {
			tidy(to.Field(i), from.Field(i))
		}
	default:
		to.Set(from)
	}
}

func TestRichIsKept(t *testing.T) { checkKept(t, rich()) }

func TestHostileTextIsKept(t *testing.T) {
	for _, text := range []string{
		"</script><!-- <script>", "\x00\x01\x1f\x7f\u0085\u2028\u2029", "\xff\xfe caf\xe9", "\u202eevil\u2066\ufeff\ufffe\U0001ffff", "\\u003c \"'", strings.Repeat("fog & <bell> ", 8000),
		"]]>&amp;&#60;",
	} {
		s := rich()
		h := &s.Header
		h.Title, h.Notes, h.Summary, h.Language, h.Rating.Normal = text, text, text, text, text
		h.Other = []archive.Labelled{{Label: text, Value: text}, {}}
		h.Keywords, h.Fandoms, h.Warnings = []string{text, ""}, []string{"", text}, []string{text}
		h.Bylines = append(h.Bylines, archive.Byline{Name: text, Role: archive.Role(text), Also: []string{text}}, archive.Byline{Role: archive.Author})
		checkKept(t, s)
	}
}

// drawn draws any story.
func drawn(t *rapid.T) *archive.Story {
	text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 12), func(b []byte) string { return string(b) }),
		rapid.SampledFrom([]string{"", "</script>", "<!--", "\u202e", "a, b"}))
	list := rapid.SliceOfN(text, 0, 3)
	str := func() string { return text.Draw(t, "text") }
	strs := func() []string { return list.Draw(t, "list") }
	role := rapid.SampledFrom([]archive.Role{archive.Author, archive.CoAuthor, archive.Translator, archive.Artist, archive.Beta, archive.Recipient, "", "editor"})
	byline := rapid.Custom(func(t *rapid.T) archive.Byline {
		return archive.Byline{Name: text.Draw(t, "name"), Role: role.Draw(t, "role"), Also: list.Draw(t, "also")}
	})
	labelled := rapid.Custom(func(t *rapid.T) archive.Labelled {
		return archive.Labelled{Label: text.Draw(t, "label"), Value: text.Draw(t, "value")}
	})
	chapter := rapid.Custom(func(t *rapid.T) archive.Chapter {
		return archive.Chapter{Title: text.Draw(t, "title"), Words: rapid.IntRange(0, 50_000).Draw(t, "words")}
	})
	source := rapid.Custom(func(t *rapid.T) archive.Source {
		return archive.Source{Path: text.Draw(t, "path"), Size: rapid.Int64().Draw(t, "size"), Copy: rapid.Bool().Draw(t, "copy"), Kind: archive.HTML}
	})
	return &archive.Story{
		ID: rapid.Int64().Draw(t, "id"), Revision: rapid.Int().Draw(t, "revision"),
		Header: archive.Header{
			Title: str(), Bylines: rapid.SliceOfN(byline, 0, 6).Draw(t, "bylines"), Fandoms: strs(), Rating: archive.Stated{Written: str(), Normal: str()},
			Warnings: strs(), WarningsNone: rapid.Bool().Draw(t, "none"), Relationships: strs(), Characters: strs(), Genres: strs(), Categories: strs(),
			Keywords: strs(), Summary: str(), Notes: str(), Disclaimer: str(), Spoilers: str(), Thanks: str(), Dedication: str(),
			Series: archive.Place{Name: str(), Part: str()}, SequelTo: str(), PrequelTo: str(), Prerequisites: strs(), Status: archive.Status(str()),
			Date: archive.Stated{Written: str(), Normal: str()}, Updated: archive.Stated{Written: str(), Normal: str()}, Language: str(),
			WordsStated: rapid.Int().Draw(t, "stated"), Feedback: archive.Feedback{Address: rapid.Bool().Draw(t, "address"), Requested: rapid.Bool().Draw(t, "asked")},
			Homepage: str(), Permission: str(), ArchiveName: str(), ListName: str(), Other: rapid.SliceOfN(labelled, 0, 3).Draw(t, "other"),
		},
		Chapters: rapid.SliceOfN(chapter, 0, 130).Draw(t, "chapters"), Sources: rapid.SliceOfN(source, 0, 3).Draw(t, "sources"),
	}
}

func TestEveryStoryIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkKept(t, drawn(t)) })
}

func TestChapter(t *testing.T) {
	b, err := describe.Chapter(rich(), 1, at("17"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := describe.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	want := describe.Record{N: 1, Address: at("17").Story, Chapters: []string{at("17").Chapter(1)}, Story: archive.Story{
		Chapters: []archive.Chapter{{Title: "Fog", Words: 4100, Notes: "Slow tide."}},
		Header: archive.Header{
			Title: "The Ninth Bell & After", Language: "en",
			Bylines: []archive.Byline{{Name: "Mara Quill", Role: archive.Author}, {Name: "Tamsin Roe", Role: archive.CoAuthor}},
		},
	}}
	if diff := cmp.Diff(want, r, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, err := describe.Chapter(rich(), 3, at("17")); archive.KindOf(err) != archive.NotFound {
		t.Errorf("chapter 3 of 2: %v", err)
	}
}

func TestListings(t *testing.T) {
	site := describe.Site{Name: "The Lantern Room", Address: "/", Search: "/search?q={query}"}
	home, err := describe.Home(site)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"@context":"https://schema.org","@type":"WebSite","name":"The Lantern Room","url":"/","potentialAction":{"@type":"SearchAction","target":{"@type":"EntryPoint","urlTemplate":"/search?q={query}"},"query-input":"required name=query"}}`; string(home) != want {
		t.Errorf("home: %s", home)
	}
	list, err := describe.Listing(describe.List{Site: site, Name: "Mara Quill", Author: "Mara Quill", First: 21, Total: 30, Items: []describe.Item{{"Fog", "/stories/1"}}})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"@context":"https://schema.org","@type":"CollectionPage","name":"Mara Quill","about":{"@type":"Person","name":"Mara Quill"},"isPartOf":{"@type":"WebSite","name":"The Lantern Room","url":"/"},"mainEntity":{"@type":"ItemList","numberOfItems":30,"itemListElement":[{"@type":"ListItem","position":21,"name":"Fog","url":"/stories/1"}]}}`; string(list) != want {
		t.Errorf("list: %s", list)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct {
		block string
		want  archive.Kind
	}{
		{"", archive.Invalid},
		{"[]", archive.Invalid},
		{`{"@type":"Movie"}`, archive.Invalid},
		{`{"@type":"Book","identifier":"x"}`, archive.Invalid},
		{`{"@type":"Book","isBasedOn":{"sha256":"no"}}`, archive.Invalid},
		{`{"@type":"Book","additionalProperty":{"propertyID":"words_stated","value":"many"}}`, archive.Invalid},
		{`{"@type":"Book","additionalProperty":{"propertyID":"added","value":"today"}}`, archive.Invalid},
		{`{"@type":"Chapter"}`, archive.Invalid},
		{strings.Repeat(" ", describe.MaxBlock+1), archive.TooLarge},
		{`{"@type":"Book","additionalProperty":{"propertyID":"new","value":{}}}`, ""},
	} {
		if _, err := describe.Read([]byte(tt.block)); archive.KindOf(err) != tt.want {
			t.Errorf("%.80s: %v, want %q", tt.block, err, tt.want)
		}
	}
}

func TestFindNothing(t *testing.T) {
	for _, page := range []string{"", "<p>", "<!-- <script type=application/ld+json>{}</script> -->", "<script type=application/ld+json></script>", "<script>{}</script>"} {
		if b, ok := describe.Find([]byte(page)); ok {
			t.Errorf("%s: found %q", page, b)
		}
	}
}

// The example archives show what the description adds to a page.
func TestExamplesAreSmall(t *testing.T) {
	for _, name := range []string{"lantern", "harbour"} {
		sum, most, n := 0, 0, 0
		_, err := rescue.NewRescuer().Run(t.Context(), []string{filepath.Join(beside.Root(t), "examples", name)}, rescue.Options{Jobs: 2, Scratch: t.TempDir()}, nil, nil,
			func(s *archive.Story, _ func(archive.Source) ([]byte, error)) error {
				s.ID, s.Revision = int64(n+1), 1
				checkKept(t, s)
				size := len(story(t, s))
				sum, most, n = sum+size, max(most, size), n+1
				return nil
			})
		if err != nil || n == 0 {
			t.Fatal(n, err)
		}
		t.Logf("%s: %d stories, mean %d bytes, largest %d", name, n, sum/n, most)
		if sum/n > 3000 {
			t.Errorf("%s: %d bytes a story on the mean, want at most 3000", name, sum/n)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(story(f, rich()))
	f.Add([]byte(`{"@type":"Chapter","position":1,"isPartOf":{"author":{"name":"a"}}}`))
	f.Add([]byte(`{"@type":"Book","additionalProperty":[{"propertyID":"bylines","value":["author","x"]}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		describe.Find(b)
		r, err := describe.Read(b)
		if err != nil || r.N > 0 || r.Count > len(r.Story.Chapters) {
			return
		}
		again, err := describe.Read(story(t, &r.Story))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r.Story.Header, again.Story.Header, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("read and written again (-first +second):\n%s", diff)
		}
	})
}

func BenchmarkStory(b *testing.B) {
	s := rich()
	for b.Loop() {
		story(b, s)
	}
}

func BenchmarkRead(b *testing.B) {
	block := story(b, rich())
	b.SetBytes(int64(len(block)))
	for b.Loop() {
		if _, err := describe.Read(block); err != nil {
			b.Fatal(err)
		}
	}
}
