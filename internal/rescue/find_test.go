package rescue_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/rescue"
)

// one rescues a folder that holds one story.
func one(t *testing.T, files string) *archive.Story {
	t.Helper()
	stories, _ := rescued(t, written(t, files), rescue.Options{Jobs: 1})
	if len(stories) != 1 {
		t.Fatalf("%d stories, not one", len(stories))
	}
	return stories[0]
}

// TestFindings makes each finding come about, and a page without any.
func TestFindings(t *testing.T) {
	const head = "<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>"
	rows := []struct{ name, page, want string }{
		{"nothing", head + "{tale 1}", ""},
		{"no title", "<p>by Nell Harrow</p><p>Rating: PG</p><hr>{tale 1}", archive.TitleMissing},
		{"no author", "<h2>Thin Ice</h2><p>Rating: PG</p><hr>{tale 1}", archive.AuthorMissing},
		{"begins in mid-sentence", head + "<p>and so they went up the stair without another word.</p>{tale 1}", archive.BeginsMid},
		{"ends in mid-sentence", head + "{tale 1}<p>She turned to him and, without taking her hand from the</p>", archive.EndsMid},
		{"very short", head + "<p>The fog came in over the harbour wall at six and lay down.</p>", archive.VeryShort},
		{"header only", "<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><p>Rating: PG</p>", archive.HeaderOnly},
		{"encodings mixed", head + "<p>Le caf\xe9 \xe9tait ferm\xe9. Le th\xe9 aussi, h\xe9las.</p>{tale 1}<p>Le café était fermé, et le thé déjà bu.</p>", archive.MixedEncodings},
		{"read wrongly before", head + "<p>The cafÃ© was closed, and so was the crÃªperie.</p>{tale 1}", archive.MojibakeRepaired},
		{"bytes that mean nothing", head + "<p>Шёл дождь, и никто не шёл по улице: \xc3 все спали.</p>{tale 1}", archive.UndecodableBytes},
		{"escaped twice", head + "<p>The caf&amp;eacute; was shut.</p>{tale 1}", archive.DoubleEscaped},
		{"parts missing", "<h2>Thin Ice (1/3)</h2><p>by Nell Harrow</p><hr>{tale 1}", archive.PartsMissing},
		{"date unsure", "<h2>Thin Ice</h2><p>by Nell Harrow</p><p>Date: 3/4/02</p><hr>{tale 1}", archive.DateUnsure},
		{"breaks lost", head + strings.Repeat("{tale 1 20}<p>The next morning the boats were gone.</p>", 4), archive.BreaksLost},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			s := one(t, "-- a.html --\n"+r.page+"\n")
			var codes []string
			for _, f := range s.Findings {
				codes = append(codes, f.Code)
				if f.Message == "" || f.Code != archive.PartsMissing && f.Source != "a.html" {
					t.Errorf("the finding %+v says too little", f)
				}
			}
			if got := strings.Join(codes, " "); got != r.want {
				t.Errorf("findings %q, not %q", got, r.want)
			}
		})
	}
}

// TestFindingRanges checks that a finding about words stands where they are.
func TestFindingRanges(t *testing.T) {
	page := "<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>" + tale(1, 4) + "<p>She turned to him and, without taking her hand from the</p>"
	s := one(t, "-- a.html --\n"+page)
	for _, f := range s.Findings {
		if got := (page + "\n")[f.Start:f.End]; f.Code == archive.EndsMid && !strings.HasPrefix(got, "She turned to him") {
			t.Errorf("%s stands at %q", f.Code, got)
		}
	}
}

func TestPagesWithoutStory(t *testing.T) {
	checkSamples(t, []sample{
		{name: "chrome only", files: `
-- a.html --
<p><a href="x.html">Home</a></p><p>Sign my guestbook!</p>
`, pages: []string{"empty a.html"}},
		{name: "empty", files: `
-- a.html --
<html><body></body></html>
`, pages: []string{"empty a.html"}},
	})
}

func TestNameVariants(t *testing.T) {
	_, res := rescued(t, written(t, `
-- a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>{tale 1}
-- b.html --
<h2>Deep Water</h2><p>by NELL HARROW</p><hr>{tale 2}
-- c.html --
<h2>Open Sea</h2><p>by Nell_Harrow</p><hr>{tale 3}
-- d.html --
<h2>Slack Tide</h2><p>by Tam Ost</p><hr>{tale 4}
`), rescue.Options{Jobs: 1})
	if diff := cmp.Diff([][]string{{"NELL HARROW", "Nell Harrow", "Nell_Harrow"}}, res.Names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if res.Findings[archive.NameVariants] != 1 {
		t.Errorf("findings %v", res.Findings)
	}
}

// TestDateOrder checks that a folder's plain dates decide about its others, and
// that folders may differ.
func TestDateOrder(t *testing.T) {
	stories, _ := rescued(t, written(t, `
-- uk/a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><p>Date: 3/4/02</p><hr>{tale 1}
-- uk/b.html --
<h2>Deep Water</h2><p>by Nell Harrow</p><p>Date: 17/3/02</p><hr>{tale 2}
-- us/a.html --
<h2>Open Sea</h2><p>by Tam Ost</p><p>Date: 3/4/02</p><hr>{tale 3}
-- us/b.html --
<h2>Slack Tide</h2><p>by Tam Ost</p><p>Date: 3/17/02</p><hr>{tale 4}
-- unsure/a.html --
<h2>Low Water</h2><p>by Wren</p><p>Date: 5/4/02</p><hr>{tale 5}
`), rescue.Options{Jobs: 1})
	got := map[string]string{}
	for _, s := range stories {
		got[s.Header.Title] = s.Header.Date.Normal
		if unsure := slices.ContainsFunc(s.Findings, func(f archive.Finding) bool { return f.Code == archive.DateUnsure }); unsure != (s.Header.Date.Normal == "") {
			t.Errorf("%s: date %q, finding %v", s.Header.Title, s.Header.Date.Normal, unsure)
		}
	}
	want := map[string]string{"Thin Ice": "2002-04-03", "Deep Water": "2002-03-17", "Open Sea": "2002-03-04", "Slack Tide": "2002-03-17", "Low Water": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOptionsFillInOnlyWhatIsUnknown(t *testing.T) {
	dir := written(t, `
-- a.html --
<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><p>Fandom: Lantern Bay</p><p>Language: Deutsch</p><hr>{tale 1}
-- b.html --
<p>Title: 12</p><p>Author: Tam Ost</p><p>Rating: PG</p><hr><p>1 2 3 4 5 6 7 8 9 10 11 12 13</p>
`)
	stories, _ := rescued(t, dir, rescue.Options{Fandom: "Night Ferry", Language: "fr"})
	var got []string
	for _, s := range stories {
		got = append(got, strings.Join(s.Header.Fandoms, ", ")+" "+s.Header.Language)
	}
	if diff := cmp.Diff([]string{"Lantern Bay de", "Night Ferry fr"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSealing checks that an author's address is nowhere in what is shown, is
// sealed with its place, and that addresses of the fiction stay.
func TestSealing(t *testing.T) {
	page := `<h2>Thin Ice</h2><p>by Nell Harrow (<a href="mailto:nell@example.org">nell@example.org</a>)</p><p>Feedback: nell at example dot org, please!</p><hr>` +
		tale(1, 3) + `<p>"Write to keeper@lantern.example," said Marit, "and nobody will answer."</p>` + tale(2, 2) + `<hr><p>Send feedback to nell@example.org</p>`
	s := one(t, "-- a.html --\n"+page)
	var shown strings.Builder
	if err := rescue.NewRecord(s, true).Write(&shown); err != nil {
		t.Fatal(err)
	}
	if text := strings.ToLower(shown.String()); strings.Contains(text, "nell@") || strings.Contains(text, "nell at example") {
		t.Errorf("the author's address is shown: %s", text)
	}
	if !strings.Contains(shown.String(), "keeper@lantern.example") {
		t.Error("an address of the story is gone")
	}
	if f := s.Header.Feedback; !f.Address || !f.Requested {
		t.Errorf("feedback %+v", f)
	}
	left := []byte(page + "\n")
	for _, x := range s.Sealed {
		if x.Source != "a.html" || x.Start >= x.End || x.End > len(left) {
			t.Fatalf("sealed at %+v", x)
		}
		for i := x.Start; i < x.End; i++ {
			left[i] = '_'
		}
		if x.Address != "nell@example.org" {
			t.Errorf("the address is sealed as %q", x.Address)
		}
	}
	if strings.Contains(string(left), "nell@example") || strings.Contains(string(left), "nell at") || !strings.Contains(string(left), "keeper@lantern.example") {
		t.Errorf("with what is sealed taken out, the page reads:\n%s", left)
	}
}

// TestAuthorsAddressInTheStory checks that an address the header gives is hidden
// within the story too.
func TestAuthorsAddressInTheStory(t *testing.T) {
	s := one(t, `
-- a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><p>E-mail: nell@example.org</p><hr>{tale 1 3}<p>This is nell@example.org, who ends it here and goes to bed.</p>{tale 2 2}
`)
	var text strings.Builder
	for _, c := range s.Chapters {
		text.WriteString(c.Text)
	}
	if strings.Contains(text.String(), "nell@example.org") || !strings.Contains(text.String(), "goes to bed") {
		t.Errorf("the text reads %s", text.String())
	}
}

// TestInvitationsWithinTheStory checks that an address spelled out in an
// invitation to write is sealed, in whatever words it invites.
func TestInvitationsWithinTheStory(t *testing.T) {
	for _, sign := range []string{"feedback", "comments to", "e-mail me", "email me", "mailto:", "write to me", "kommentare an", "commentaires à", "отзывы"} {
		for _, words := range []string{sign, strings.ToUpper(sign), "Please, " + sign} {
			s := one(t, "-- a.html --\n<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>{tale 1 3}<p>"+words+" nell at example dot org tonight</p>{tale 2 3}\n")
			if len(s.Sealed) == 0 {
				t.Errorf("%q: the address is not sealed", words)
			}
		}
	}
}
