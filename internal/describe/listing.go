package describe

// maxItems is how many stories a listing's block names: it is there to say what
// the page is, and the stories describe themselves.
const maxItems = 50

// Site is an archive as its pages name it.
type Site struct {
	Name    string
	Address string
	Search  string // address of a search, with {query} for what is sought; "" where there is none
}

// List is a page that lists stories: those of an author, a series, a fandom.
type List struct {
	Site    Site
	Name    string // of the page
	Address string
	Author  string // whose stories they are, "" where the list is no author's
	Series  string // the series they make, "" where they make none
	First   int    // number of the first item in the whole list, from 1; 0 is taken for 1
	Total   int64  // stories in the whole list
	Items   []Item
}

// Item is a story of a List.
type Item struct{ Title, Address string }

type website struct {
	Context string  `json:"@context,omitempty"`
	Type    string  `json:"@type"`
	Name    string  `json:"name,omitempty"`
	URL     string  `json:"url,omitempty"`
	Search  *search `json:"potentialAction,omitempty"`
}

type search struct {
	Type   string `json:"@type"`
	Target struct {
		Type     string `json:"@type"`
		Template string `json:"urlTemplate"`
	} `json:"target"`
	Input string `json:"query-input"`
}

type collection struct {
	Context  string    `json:"@context"`
	Type     string    `json:"@type"`
	Name     string    `json:"name,omitempty"`
	URL      string    `json:"url,omitempty"`
	About    *nameOnly `json:"about,omitempty"`
	IsPartOf website   `json:"isPartOf"`
	Main     itemList  `json:"mainEntity"`
}

type itemList struct {
	Type  string `json:"@type"`
	Count int64  `json:"numberOfItems"`
	Items []item `json:"itemListElement,omitempty"`
}

type item struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name,omitempty"`
	URL      string `json:"url,omitempty"`
}

// Home describes an archive, for its home page.
func Home(s Site) ([]byte, error) {
	w := website{Context: context, Type: "WebSite", Name: s.Name, URL: s.Address}
	if s.Search != "" {
		w.Search = &search{Type: "SearchAction", Input: "required name=query"}
		w.Search.Target.Type, w.Search.Target.Template = "EntryPoint", s.Search
	}
	return embed(w)
}

// Listing describes a page that lists stories.
func Listing(l List) ([]byte, error) {
	c := collection{
		Context: context, Type: "CollectionPage", Name: l.Name, URL: l.Address,
		IsPartOf: website{Type: "WebSite", Name: l.Site.Name, URL: l.Site.Address},
		Main:     itemList{Type: "ItemList", Count: l.Total},
	}
	switch {
	case l.Author != "":
		c.About = &nameOnly{typePerson, l.Author}
	case l.Series != "":
		c.About = &nameOnly{"CreativeWorkSeries", l.Series}
	}
	first := max(l.First, 1)
	for i, it := range l.Items[:min(len(l.Items), maxItems)] {
		c.Main.Items = append(c.Main.Items, item{"ListItem", first + i, it.Title, it.Address})
	}
	return embed(c)
}
