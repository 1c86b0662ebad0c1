package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
)

// state is a page or component as the gallery shows it, with sample data.
type state struct {
	Name    string // in its address
	Title   string
	Class   string
	content func(v visit) templ.Component
}

// gallery shows every component and every state of the pages, for those who
// work on them. Its own words are English only: no reader sees it.
func (s *site) gallery(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	p := v.page("Gallery").at("/gallery")
	p.Index = false
	return s.show(w, r, p, galleryView(states()))
}

// galleryState shows one state as a page of its own.
func (s *site) galleryState(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	for _, st := range states() {
		if st.Name == r.PathValue("state") {
			p := v.page(st.Title).at("/gallery/" + st.Name)
			p.Class, p.Index, p.Italic = orElse(st.Class, "story"), false, true
			return s.show(w, r, p, st.content(v))
		}
	}
	return noSuchPage()
}

// states are all that the gallery shows.
func states() []state {
	return []state{
		{"home", "Home page", "home", func(v visit) templ.Component { return homeView(v, sampleFront()) }},
		{"home-empty", "Home page of an empty archive", "home", func(v visit) templ.Component { return homeView(v, front{}) }},
		{"listing", "A listing with pages", "stories", func(v visit) templ.Component {
			return storiesView(v, heading{Name: "Harbour Nine", All: "/fandoms"}, sampleNarrowing(v), archive.Listing{Total: 130, Entries: sampleEntries()}, pager{"/stories", 2, 3})
		}},
		{"listing-brief", "A listing without summaries", "stories", func(v visit) templ.Component {
			n := sampleNarrowing(v)
			n.Brief = true
			return storiesView(v, heading{Name: v.Say("nav/stories")}, n, archive.Listing{Total: 2, Entries: sampleEntries()}, pager{"/stories", 1, 1})
		}},
		{"question-bad", "A question that cannot be understood", "stories", func(v visit) templ.Component {
			n := narrowing{Text: "fandon:x words:9..1", Problems: []queryProblem{
				{Piece: "fandon:x", Message: "There is no field called fandon.", Instead: "fandom:x", Path: "/stories?q=fandom%3Ax"},
				{Piece: "9..1", Message: "The range runs backwards.", Instead: "1..9", Path: "/stories?q=words%3A1..9"},
			}}
			return storiesView(v, heading{Name: v.Say("nav/stories")}, n, archive.Listing{}, pager{})
		}},
		{"question-none", "A question that no story answers", "stories", func(v visit) templ.Component {
			n := sampleNarrowing(v)
			n.Unknown = []unknownName{{Kind: v.Say("term.character"), Name: "Desay", Near: []nearName{{"Vik Desai", "/stories?q=x", 31}}}}
			n.Relaxed = []relaxed{{Label: v.Term(query.Is{What: query.Complete}), Path: "/stories?q=x", Count: 12}}
			return storiesView(v, heading{Name: v.Say("nav/stories")}, n, archive.Listing{}, pager{"/stories", 1, 1})
		}},
		{"filters-kept", "Kept filters", "list", func(v visit) templ.Component {
			return savedView(v, []savedFilter{{"Long ones", "words:40000.."}, {"Harbour without angst", `fandom:"Harbour Nine" -tag:angst`}}, false)
		}},
		{"asking", "How questions are written", "list", askingView},
		{"listing-empty", "An empty listing", "stories", func(v visit) templ.Component {
			return storiesView(v, heading{Name: "Harbour Nine", All: "/fandoms"}, narrowing{}, archive.Listing{}, pager{"/stories", 1, 1})
		}},
		{"series", "A series", "list", func(v visit) templ.Component { return seriesView(v, sampleSeries()) }},
		{"hits", "Hits of a search", "searching", func(v visit) templ.Component {
			es := sampleEntries()
			es[0].Excerpt, es[0].Hits = "…and then the lamp went out, and nobody had touched the lamp.", [][2]int{{16, 20}, {57, 61}}
			return searchView(v, asked{Text: "lamp"}, archive.Listing{Total: 2, Entries: es}, pager{"/search?q=lamp", 1, 1})
		}},
		{"hits-none", "A search without hits", "searching", func(v visit) templ.Component {
			return searchView(v, asked{Text: "lamp -lamp"}, archive.Listing{}, pager{"/search?q=x", 1, 1})
		}},
		{"story", "A story with everything", "", func(v visit) templ.Component { return storyView(sampleReading(v, sampleStory(), sampleText())) }},
		{"story-bare", "A story of which nothing is known", "", func(v visit) templ.Component {
			return storyView(sampleReading(v, &archive.Story{ID: 2, Revision: 1, Added: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}, "<p>and then she left.</p>"))
		}},
		{"story-long-title", "A title of 300 characters", "", func(v visit) templ.Component {
			st := sampleStory()
			st.Header.Title = strings.Repeat("The Lamp, the Harbour and the Unbroken Wordwithoutanyendwhatsoever ", 5)[:300]
			return storyView(sampleReading(v, st, sampleText()))
		}},
		{"story-hebrew", "A story written from right to left", "", func(v visit) templ.Component {
			return storyView(sampleReading(v, sampleForeign("he", "האור כבה", "נועה"), "<p>האור כבה בארבע, ואיש לא ידע למה.</p><p>„אין רוח,” אמר שומר הנמל (Jonas), וסגר את הספר.</p><hr/><p>בבוקר הוא דלק שוב.</p>"))
		}},
		{"story-japanese", "A story in Japanese", "", func(v visit) templ.Component {
			return storyView(sampleReading(v, sampleForeign("ja", "灯台の冬", "千鳥"), "<p>四時に最初の灯が消えた。誰も見ていなかった。</p><p>「風なんてない」と港長は言って、帳簿を閉じた。</p><hr/><p>朝には、また灯っていた。</p>"))
		}},
		{"chapter", "A chapter", "", func(v visit) templ.Component {
			r := sampleReading(v, sampleStory(), sampleText())
			r.N = 2
			return chapterView(r)
		}},
		{"contents", "Contents of many chapters", "", func(v visit) templ.Component {
			st := sampleStory()
			for range 500 {
				st.Chapters = append(st.Chapters, archive.Chapter{Words: 1200})
			}
			return contentsView(sampleReading(v, st, ""), pager{"/gallery/contents", 2, 3})
		}},
		{"print", "A story for print", "print", func(v visit) templ.Component {
			r := sampleReading(v, sampleStory(), sampleText())
			return printView(r, chapterOfWhole(r))
		}},
		{"tombstone", "A tombstone", "failure", func(v visit) templ.Component {
			return tombstoneView(v, archive.Tombstone{Title: "Low Water", Reason: "Its author asked for it.", Withdrawn: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)})
		}},
		{"not-found", "No such page", "failure", func(v visit) templ.Component {
			return failureView(v, http.StatusNotFound, "", meant{"low water", sampleEntries()})
		}},
		{"error", "An error of ours", "failure", func(v visit) templ.Component {
			return failureView(v, http.StatusInternalServerError, "", meant{})
		}},
		{"settings", "Reading settings", "settings", settingsView},
		{"about", "About", "list", func(v visit) templ.Component { return aboutView(v, sampleFront().Totals) }},
		{"rules", "Rules", "list", rulesView},
	}
}

func sampleFront() front {
	return front{
		Totals:   catalogue.Totals{Stories: 1204, Words: 4_812_009, Authors: 312, Fandoms: 14, Series: 9},
		Newest:   sampleEntries(),
		ByFandom: []door{{Name: "Harbour Nine", Path: "/fandoms", Stories: 630}, {Name: "The Brass Meridian", Path: "/fandoms", Stories: 212}},
		ByAuthor: []door{{Name: "Halyard", Path: "/authors", Stories: 58}, {Name: "Полярная Сова", Path: "/authors", Stories: 31}},
		BySeries: []door{{Name: "Saltmarsh Quartet", Path: "/series", Stories: 4}},
		ByLength: []door{{Name: "Novels", Path: "/lengths", Stories: 12}},
	}
}

func sampleNarrowing(v visit) narrowing {
	n := narrowing{Query: query.Query{Where: query.And{
		query.Tag{Kind: archive.TagFandom, Name: "Harbour Nine"}, query.Not{Node: query.Tag{Kind: archive.TagFreeform, Name: "angst"}}, query.Is{What: query.Complete},
	}}}
	n.Text = n.Query.String()
	n.Active, n.Sorts, n.Views = v.activeTerms(n), v.sortLinks(n), v.viewLinks(n)
	for _, f := range []catalogue.Facet{
		{Kind: archive.TagFandom, Values: []catalogue.Value{{ID: 1, Name: "Harbour Nine", Count: 130}, {ID: 2, Name: "The Brass Meridian", Count: 4}}},
		{Kind: archive.TagCharacter, Values: []catalogue.Value{{ID: 3, Name: "Vik Desai", Count: 118}, {ID: 4, Name: "Inspector Haig", Count: 97}}},
		{Kind: archive.TagRating, Values: []catalogue.Value{{ID: 5, Name: "general", Count: 80}, {ID: 6, Name: "teen", Count: 50}}},
		{Kind: catalogue.KindLanguage, Values: []catalogue.Value{{Name: "en", Count: 121}, {Name: "he", Count: 9}}},
	} {
		n.Groups = append(n.Groups, v.group(newWriter(n), f))
		n.addOptions(v, f)
	}
	return n
}

func sampleEntries() []archive.Entry {
	return []archive.Entry{
		{
			ID: 1, Title: "Low Water at the Customs Steps", Authors: []string{"Halyard", "Marram"}, Fandoms: []string{"Harbour Nine"},
			Rating: archive.Stated{Written: "PG-13", Normal: archive.RatingTeen}, Warnings: []string{"mild peril"},
			Summary: "A door in the harbour wall shows for forty minutes each March. Constable Desai has been told to stand in front of it.", Language: "en",
			Status: archive.Complete, Date: archive.Stated{Normal: "2001-04-09"}, Series: archive.Place{Name: "Saltmarsh Quartet", Part: "2"}, Words: 9_930, Chapters: 4,
			Tags: []archive.EntryTag{
				{ID: 1, Kind: archive.TagFandom, Name: "Harbour Nine", Form: "Harbour Nine"},
				{ID: 3, Kind: archive.TagCharacter, Name: "Vik Desai", Form: "Desai"},
				{ID: 7, Kind: archive.TagFreeform, Name: "tides", Form: "Tides"},
			},
		},
		{ID: 2, Language: "ru", Title: "Двенадцатая кружка", Authors: []string{"Полярная Сова"}, Words: 822, Chapters: 1, Date: archive.Stated{Normal: "2004"}},
	}
}

func sampleSeries() archive.Series {
	es := sampleEntries()
	return archive.Series{Name: "Saltmarsh Quartet", Authors: []string{"Halyard"}, Entries: []archive.SeriesEntry{
		{Entry: es[0], Part: "1"},
		{Entry: es[1], Part: "II", Prerequisites: []string{"Low Water at the Customs Steps"}, SequelTo: "Ebb"},
	}}
}

func sampleStory() *archive.Story {
	return &archive.Story{
		ID: 1, Revision: 2, Added: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Changed: time.Date(2026, 4, 2, 0, 0, 0, 0, time.UTC),
		Header: archive.Header{
			Title: "Low Water at the Customs Steps", Fandoms: []string{"Harbour Nine", "The Brass Meridian"},
			Bylines: []archive.Byline{{Name: "Halyard", Role: archive.Author, Also: []string{"hal"}}, {Name: "Marram", Role: archive.CoAuthor}, {Name: "Oonagh Fell", Role: archive.Beta}, {Name: "Kittiwake Kate", Role: archive.Recipient}},
			Rating:  archive.Stated{Written: "PG-13", Normal: archive.RatingTeen}, Warnings: []string{"mild peril", "kippers"},
			Relationships: []string{"Desai & Haig"}, Characters: []string{"Vik Desai", "Inspector Haig"}, Genres: []string{"Mystery"}, Keywords: []string{"tides", "doors"},
			Summary: "A door in the harbour wall shows for forty minutes each March.\n\nConstable Desai has been told to stand in front of it.",
			Notes:   "Written for the winter exchange.", Disclaimer: "Harbour Nine belongs to its makers.", Spoilers: "The end of the second year.", Thanks: "To everybody at the pier.", Dedication: "For Kate.",
			Series: archive.Place{Name: "Saltmarsh Quartet", Part: "2"}, Prerequisites: []string{"Ebb"}, Status: archive.Complete,
			Date: archive.Stated{Normal: "2001-04-09"}, Updated: archive.Stated{Normal: "2002-01"}, Language: "en",
			Feedback: archive.Feedback{Address: true, Requested: true}, ArchiveName: "The Long Pier", ListName: "harbour-list", WordsStated: 9_900,
			Other: []archive.Labelled{{Label: "Soundtrack", Value: "rain"}},
		},
		Chapters: []archive.Chapter{{Title: "The door", Words: 5_000}, {Words: 4_930}},
		Sources:  []archive.Source{{Path: "fic/lowwater.html", Kind: archive.HTML, Size: 61_204}},
	}
}

func sampleForeign(lang, title, author string) *archive.Story {
	return &archive.Story{ID: 3, Revision: 1, Added: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Header: archive.Header{
		Title: title, Language: lang, Bylines: []archive.Byline{{Name: author, Role: archive.Author}}, Fandoms: []string{"Harbour Nine"},
		Rating: archive.Stated{Written: "G", Normal: archive.RatingGeneral}, Summary: title,
	}, Chapters: []archive.Chapter{{Words: 40}}}
}

func sampleReading(v visit, st *archive.Story, text string) reading {
	if len(st.Chapters) == 0 {
		st.Chapters = []archive.Chapter{{Words: 4}}
	}
	c := st.Chapters[0]
	c.Text = text
	return reading{visit: v, Story: st, Chapter: c, N: 1}
}

// sampleText has every kind of mark-up that a story may have.
func sampleText() string {
	return `<p>It was the night of the great surge, the one with a plaque to it; and of everything that was done that night, <em>a good deal</em> has been <strong>written</strong>. “I know where the withies are,” said Vik.</p>
<p>“There won’t be any withies.” He had been up there every other Sunday for two years, with a mallet and a <span class="smallcaps">long</span> bootlace.</p>
<hr/>
<p>You could not have told that there had ever been a marsh.</p>
<h3>A letter</h3>
<blockquote><p>Dear Sergeant,</p><p>The lamp in the end window is not mine. Please stop asking.</p><p class="end">E. Withy</p></blockquote>
<p class="verse">Light the first for the ones at sea,<br/>light the last for the ones to be,<br/>and one for whoever is reading this, which is a long line that has to be broken somewhere</p>
<p>The log of the night said less:</p>
<pre>04:00  lamp 1 out
04:15  lamp 2 out      (no wind)
&lt;desai&gt; is anybody there?
&lt;haig&gt;  go to bed, constable</pre>
<p class="center">THE END</p>
<ul><li>one lamp</li><li>one door</li></ul>
<p>Water is H<sub>2</sub>O, and the 2<sup>nd</sup> lamp was <s>lit</s> out. <a href="https://example.org/">A link</a> leads nowhere.</p>
`
}
