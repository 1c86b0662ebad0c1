package page_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// shares is a folder whose pages share some lines.
type shares map[string]float64

// Share implements page.Folder.
func (s shares) Share(text string) float64 { return s[text] }

// parts shows the parts of a page, a line for each run of lines of one part, with
// the first words of each line: "header: Thin Ice | by Nell". Lines that only
// divide are left out.
func parts(p *page.Page, f page.Folder) string {
	page.NewDivider(vocab.New()).Divide(p, f)
	var b strings.Builder
	last := page.Part(99)
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Kind != page.Prose || vocab.Divider(l.Text) {
			continue
		}
		if l.Part == last {
			b.WriteString(" | ")
		} else {
			b.WriteString("\n" + l.Part.String() + ": ")
		}
		last = l.Part
		words := strings.Fields(l.Text)
		b.WriteString(strings.Join(words[:min(3, len(words))], " "))
	}
	return b.String() + "\n"
}

// The paragraphs of the story that the pages below tell.
const (
	para1 = "The fog came in over the harbour wall at six and lay down like a dog at the door of the lamp room. Nobody had asked it to. Marit lit the second lamp, then the third, and put the kettle where she could hear it."
	para2 = "\"You could have waited for me,\" said Joss from the stairs. He carried the oil in both arms, as one carries a child, and he was out of breath."
	para3 = "She did not answer at once. There are nights on which an answer is only one more thing to carry up, and the stair had ninety steps."
	para4 = "\"Count again,\" she said at last, and he put down the can and counted the boats from the window: seven, and then the eighth, late and low in the water, coming round the point with her sail torn."
)

// story is the four paragraphs, each as one piece of markup.
func story(before, after string) string {
	return before + strings.Join([]string{para1, para2, para3, para4}, after+"\n"+before) + after + "\n"
}

const storyShown = "story: The fog came | \"You could have | She did not | \"Count again,\" she"

type layout struct{ name, in, want string }

func layouts() []layout {
	return []layout{
		{"labels and paragraphs", `<title>Thin Ice</title><p><b>Title:</b> Thin Ice</p><p><b>Author:</b> Nell Harrow</p><p><b>Rating:</b> PG</p><p><b>Summary:</b> A night in the lamp room.</p><hr>` + story("<p>", "</p>") + `<p>The End</p><p>Please send feedback!</p>`, `
header: Title: Thin Ice | Author: Nell Harrow | Rating: PG | Summary: A night
` + storyShown + `
trailer: The End | Please send feedback!
`},
		{"breaks", `<center><h2>Thin Ice</h2>by Nell Harrow<br></center>Rating: PG<br>Disclaimer: They belong to Harbour Films.<br><br>` + story("", "<br><br>"), `
header: Thin Ice | by Nell Harrow | Rating: PG | Disclaimer: They belong
` + storyShown + `
`},
		{"menu and counter", `<a href="index.html">Home</a> | <a href="new.html">Updates</a> | <a href="links.html">Links</a><hr><h1>Thin Ice</h1><p>by Nell Harrow</p><hr>` + story("<p>", "</p>") + `<hr><p>You are visitor number 4,711</p><p><a href="index.html">Back to the index</a></p>`, `
chrome: Home | Updates
header: Thin Ice | by Nell Harrow
` + storyShown + `
chrome: You are visitor | Back to the
`},
		{"table", `<table><tr><td>Title:</td><td>Thin Ice</td></tr><tr><td>Author:</td><td>Nell Harrow</td></tr><tr><td>Pairing:</td><td>Marit/Joss</td></tr></table>` + story("<p>", "</p>"), `
header: Title: | Thin Ice | Author: | Nell Harrow | Pairing: | Marit/Joss
` + storyShown + `
`},
		{"hard-wrapped text", "Title: Thin Ice\nAuthor: Nell Harrow\nDisclaimer: They belong to Harbour Films. I only\nborrowed them for a night.\n\n* * *\n\n" + wrapped(story("", "\n")), `
header: Title: Thin Ice | Author: Nell Harrow | Disclaimer: They belong | borrowed them for
`},
		{"preformatted", "<pre>\nTHIN ICE\nby Nell Harrow\n\nRated PG\n\n" + wrapped(story("", "\n")) + "</pre>", `
header: THIN ICE | by Nell Harrow | Rated PG
`},
		{"header at the end", story("<p>", "</p>") + `<hr><p>Title: Thin Ice</p><p>Author: Nell Harrow</p><p>Rating: PG</p><p>Disclaimer: They belong to Harbour Films.</p>`, `
` + storyShown + `
header: Title: Thin Ice | Author: Nell Harrow | Rating: PG | Disclaimer: They belong
`},
		{"archive software", `<div id="menu">Home Browse Search Help</div><div id="pagetitle">Thin Ice by Nell Harrow</div><div class="infobox">Summary: A night in the lamp room.<br>Rated: K • Chapters: 1</div><div id="story">` + story("<p>", "</p>") + `</div><div id="footer">Powered by an archive</div>`, `
chrome: Home Browse Search
header: Thin Ice by | Summary: A night | Rated: K •
` + storyShown + `
chrome: Powered by an
`},
		{"mail", "From: Nell <nell@example.org>\nTo: lampstories\nSubject: FIC: Thin Ice (1/1)\n\nTitle: Thin Ice\nAuthor: Nell Harrow\n\n" + story("", "\n") + "\n--\nEND\n", `
header: From: Nell <nell@example.org> | To: lampstories | Subject: FIC: Thin | Title: Thin Ice | Author: Nell Harrow
` + storyShown + `
trailer: END
`},
		{"German", `<h1>Dünnes Eis</h1><p>von Grete Holm</p><p>Disclaimer: Die Figuren gehören nicht mir.</p><p>Inhalt: Eine Nacht im Lampenzimmer.</p><hr><p>Der Nebel kam um sechs über die Hafenmauer und legte sich wie ein Hund vor die Tür des Lampenzimmers. Niemand hatte ihn darum gebeten, aber er blieb, und Marit zündete die zweite Lampe an und dann die dritte.</p><p>»Du hättest auf mich warten können«, sagte Joss von der Treppe her. Er trug das Öl in beiden Armen, wie man ein Kind trägt, und er war außer Atem.</p><p>Ende</p>`, `
header: Dünnes Eis | von Grete Holm | Disclaimer: Die Figuren | Inhalt: Eine Nacht
story: Der Nebel kam | »Du hättest auf
trailer: Ende
`},
		{"a story that begins with a place and a date", `<title>Thin Ice</title><p>Title: Thin Ice</p><p>Author: Nell Harrow</p><p>Lamp room, Orness</p><p>November 12, 1998</p>` + story("<p>", "</p>"), `
header: Title: Thin Ice | Author: Nell Harrow
story: Lamp room, Orness | November 12, 1998 | The fog came | "You could have | She did not | "Count again," she
`},
		{"a story that begins with a letter", "Title: Thin Ice\nAuthor: Nell Harrow\nNotes: In letters.\n\nDear Joss,\n\nI write to you because the line is down. Please send word; comments from home are all we live on.\n\n" + story("", "\n"), `
header: Title: Thin Ice | Author: Nell Harrow | Notes: In letters.
story: Dear Joss, | I write to | The fog came | "You could have | She did not | "Count again," she
`},
		{"a first sentence that looks like a label", `<p>Title: Thin Ice</p><p>Notes: My first try.</p><p>Warning: the lamp hissed and went out, and for a while nobody said anything at all.</p>` + story("<p>", "</p>"), `
header: Title: Thin Ice | Notes: My first
story: Warning: the lamp | The fog came | "You could have | She did not | "Count again," she
`},
		{"a story that begins with a label read aloud", `<h1>Thin Ice</h1><p>by Nell Harrow</p><p>"Disclaimer: the management is not liable," Joss read from the sign.</p>` + story("<p>", "</p>"), `
header: Thin Ice | by Nell Harrow
story: "Disclaimer: the management | The fog came | "You could have | She did not | "Count again," she
`},
		{"a signature before the author's note", `<h1>Thin Ice</h1><p>by Nell Harrow</p>` + story("<p>", "</p>") + `<p>Yours, as ever,</p><p>Marit</p><p>Author's note: This was for the letter challenge.</p>`, `
header: Thin Ice | by Nell Harrow
` + storyShown + ` | Yours, as ever, | Marit
trailer: Author's note: This
`},
		{"a disclaimer that begins with a quoted name", `<h1>Thin Ice</h1><p>by Nell Harrow</p><p>"Lantern Bay" and everyone in it belong to Harbour Films.</p><p>For Oda, who asked for fog.</p>` + story("<p>", "</p>"), `
header: Thin Ice | by Nell Harrow | "Lantern Bay" and | For Oda, who
` + storyShown + `
`},
		{"an indented story that talks like an author", "Title: Thin Ice\nAuthor: Nell Harrow\nNotes: My first story.\n\n    Our tale is nearly told, and the reader, who has followed the author so\n    far, will not ask for more than the weather of that evening.\n\n" + indented(story("", "\n")), `
header: Title: Thin Ice | Author: Nell Harrow | Notes: My first
`},
		{"nothing but a story that talks like an author", `<p>My name is of no importance. I own nothing, and I have written this story because somebody must.</p>` + story("<p>", "</p>"), `
story: My name is | The fog came | "You could have | She did not | "Count again," she
`},
	}
}

// indented moves every line four characters in.
func indented(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(wrapped(s), "\n"), "\n", "\n    ")
}

// wrapped breaks text into lines of about sixty characters.
func wrapped(s string) string {
	var b strings.Builder
	width := 0
	for line := range strings.SplitSeq(s, "\n") {
		for w := range strings.FieldsSeq(line) {
			if width+len(w) > 60 {
				b.WriteByte('\n')
				width = 0
			} else if width > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(w)
			width += len(w) + 1
		}
		b.WriteString("\n")
		width = 0
	}
	return b.String()
}

func TestPartsOfTenLayouts(t *testing.T) {
	for _, l := range layouts() {
		t.Run(l.name, func(t *testing.T) {
			got := parts(read(l.in), nil)
			if at := strings.Index(got, "\nstory: "); !strings.Contains(l.want, "story: ") && at > 0 {
				got = got[:at+1] // lines of wrapped text are not listed
			}
			if diff := cmp.Diff(l.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// read reads a page as what it looks like.
func read(s string) *page.Page {
	if strings.HasPrefix(s, "<") {
		return page.ReadHTML(s)
	}
	return page.ReadText(s)
}

// TestWrappedStoryStaysWhole checks that all of a wrapped text is story.
func TestWrappedStoryStaysWhole(t *testing.T) {
	for _, l := range layouts()[4:6] {
		p := read(l.in)
		parts(p, nil)
		var got []string
		for i := range p.Lines {
			if p.Lines[i].Part == page.Story && p.Lines[i].Kind == page.Prose && !vocab.Divider(p.Lines[i].Text) {
				got = append(got, strings.Fields(p.Lines[i].Text)...)
			}
		}
		if diff := cmp.Diff(strings.Fields(story("", " ")), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", l.name, diff)
		}
	}
}

func TestPartsByRepetition(t *testing.T) {
	in := `<p>The Lamp Room Circle keeps its stories here</p><h1>Thin Ice</h1><p>by Nell Harrow</p>` + story("<p>", "</p>") + `<p>The keepers of this room thank you for the visit.</p>`
	f := shares{"The Lamp Room Circle keeps its stories here": 0.95, "The keepers of this room thank you for the visit.": 0.9}
	want := `
chrome: The Lamp Room
header: Thin Ice | by Nell Harrow
` + storyShown + `
chrome: The keepers of
`
	if diff := cmp.Diff(want, parts(page.ReadHTML(in), f)); diff != "" {
		t.Errorf("with neighbours (-want +got):\n%s", diff)
	}
	alone := parts(page.ReadHTML(in), nil)
	if !strings.Contains(alone, storyShown) || strings.HasPrefix(alone, "\nchrome: The Lamp Room\n") && strings.HasSuffix(alone, "chrome: The keepers of\n") {
		t.Errorf("alone, the page can say less:\n%s", alone)
	}
}

func TestPartsWithinTheStory(t *testing.T) {
	rows := []layout{
		{"a letter", `<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><hr><p>` + para1 + `</p><p>` + para2 + `</p><p>From: The Harbour Office</p><p>To: Keeper M. Sand</p><p>Subject: the eighth boat</p><p>` + para3 + `</p><p>` + para4 + `</p>`, `
header: Title: Thin Ice | Author: Nell Harrow
story: The fog came | "You could have | From: The Harbour | To: Keeper M. | Subject: the eighth | She did not | "Count again," she
`},
		{"scene breaks", `<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><hr><p>` + para1 + `</p><p>***</p><p>` + para2 + `</p><hr><p>` + para3 + `</p><p>oOo</p><p>` + para4 + `</p>`, `
header: Title: Thin Ice | Author: Nell Harrow
` + storyShown + `
`},
		{"chapters", `<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><hr><h3>Chapter 1</h3><p>` + para1 + `</p><p>` + para2 + `</p><h3>Chapter 2</h3><p>` + para3 + `</p><p>` + para4 + `</p>`, `
header: Title: Thin Ice | Author: Nell Harrow | Chapter 1
story: The fog came | "You could have | Chapter 2 | She did not | "Count again," she
`},
		{"a colon in speech", `<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><hr><p>` + para1 + `</p><p>He said: nothing at all, and that for a whole minute, while the kettle sang and the boats came in.</p><p>` + para4 + `</p>`, `
header: Title: Thin Ice | Author: Nell Harrow
story: The fog came | He said: nothing | "Count again," she
`},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			if diff := cmp.Diff(r.want, parts(read(r.in), nil)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSeveralStoriesOnAPage(t *testing.T) {
	head := func(title string) string {
		return "<hr><p>Title: " + title + "</p><p>Author: Nell Harrow</p><p>Rating: PG</p><p>Summary: A night in the lamp room.</p><hr>"
	}
	got := parts(page.ReadHTML(head("Thin Ice")+story("<p>", "</p>")+head("Deep Water")+story("<p>", "</p>")), nil)
	want := `
header: Title: Thin Ice | Author: Nell Harrow | Rating: PG | Summary: A night
` + storyShown + `
header: Title: Deep Water | Author: Nell Harrow | Rating: PG | Summary: A night
` + storyShown + `
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPagesWithoutStory(t *testing.T) {
	for _, r := range []layout{
		{"empty", "", "\n"},
		{"chrome only", `<p><a href="a.html">Home</a></p><p><a href="b.html">Links</a></p><p>Sign my guestbook!</p>`, "\nchrome: Home | Links | Sign my guestbook!\n"},
	} {
		if diff := cmp.Diff(r.want, parts(page.ReadHTML(r.in), nil)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", r.name, diff)
		}
	}
}
