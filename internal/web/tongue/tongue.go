// Package tongue is what the pages say, in each of their languages.
//
// Every word of the interface is a message in messages/, one file for each
// language, in the form of go-i18n: a text, or one text for each plural form of
// the language (CLDR names: zero, one, two, few, many, other). What authors
// wrote is never translated and not here.
package tongue

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"
)

//go:embed messages/*.json
var files embed.FS

// Tongues are the languages that the pages speak. They do not change.
type Tongues struct {
	all     []Tongue
	matcher language.Matcher
}

// Load reads the catalogues. It fails where one cannot be read.
func Load() (*Tongues, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	ts := &Tongues{}
	var tags []language.Tag
	// The first one is what a reader gets who asks for none of them.
	for _, code := range []string{"en", "de", "es", "fr", "he"} {
		if _, err := bundle.LoadMessageFileFS(files, "messages/"+code+".json"); err != nil {
			return nil, fmt.Errorf("the words of the pages in %s: %w", code, err)
		}
		tag := language.Make(code)
		tags = append(tags, tag)
		ts.all = append(ts.all, Tongue{
			code: code, tag: tag,
			localizer: i18n.NewLocalizer(bundle, code), printer: message.NewPrinter(tag),
		})
	}
	ts.matcher = language.NewMatcher(tags)
	return ts, nil
}

// All returns the languages in the order to offer them.
func (ts *Tongues) All() []Tongue { return ts.all }

// Choose returns the language that a reader has chosen ("" for none), else the
// nearest to what the browser asks for (an Accept-Language header), else the
// archive's own, else English.
func (ts *Tongues) Choose(chosen, accepted, own string) Tongue {
	for _, t := range ts.all {
		if t.code == chosen {
			return t
		}
	}
	var want []language.Tag
	if len(accepted) <= maxAccepted {
		want, _, _ = language.ParseAcceptLanguage(accepted) // what cannot be read asks for nothing
	}
	if own, err := language.Parse(own); err == nil {
		want = append(want, own)
	}
	_, i, sure := ts.matcher.Match(want...)
	if sure == language.No {
		i = 0
	}
	return ts.all[i]
}

// maxAccepted is the most bytes of an Accept-Language header that are read.
const maxAccepted = 1000

// Tongue is one language that the pages speak.
type Tongue struct {
	code      string
	tag       language.Tag
	localizer *i18n.Localizer
	printer   *message.Printer
}

// Code is the language as a BCP 47 tag, for a lang attribute and a cookie.
func (t Tongue) Code() string { return t.code }

// Name is what the language calls itself.
func (t Tongue) Name() string {
	name := display.Self.Name(t.tag)
	for i := range name {
		if i > 0 {
			return strings.ToUpper(name[:i]) + name[i:]
		}
	}
	return name
}

// Dir is the direction it is written in, for a dir attribute.
func (t Tongue) Dir() string {
	if t.code == "he" {
		return "rtl"
	}
	return "ltr"
}

// Say returns a message. Names and values of its gaps follow in turn. A message
// that no catalogue has shows as its id; a test looks for those.
func (t Tongue) Say(id string, gaps ...string) string {
	return t.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data(gaps)})
}

// Count returns the plural form of a message that fits a number, which fills its
// gap {{.N}}, grouped as the language does.
func (t Tongue) Count(id string, n int64, gaps ...string) string {
	d := data(gaps)
	d["N"] = t.Number(n)
	return t.localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: n, TemplateData: d})
}

func (t Tongue) localize(c *i18n.LocalizeConfig) string {
	s, err := t.localizer.Localize(c)
	if err != nil {
		return c.MessageID
	}
	return s
}

func data(gaps []string) map[string]string {
	d := make(map[string]string, len(gaps)/2+1)
	for i := 1; i < len(gaps); i += 2 {
		d[gaps[i-1]] = gaps[i]
	}
	return d
}

// Number writes a whole number, grouped as the language does.
func (t Tongue) Number(n int64) string { return t.printer.Sprint(n) }

// Date writes a day in words.
func (t Tongue) Date(d time.Time) string {
	id := "date.day"
	if d.Day() == 1 {
		id = "date.first" // an ordinal in some languages
	}
	return t.Say(id, "Day", d.Format("2"), "Month", t.month(d), "Year", d.Format("2006"))
}

// Month writes a month of a year in words.
func (t Tongue) Month(d time.Time) string {
	return t.Say("date.month", "Month", t.month(d), "Year", d.Format("2006"))
}

func (t Tongue) month(d time.Time) string { return t.Say("month." + d.Format("01")) }

// Language is the name of a language, given as BCP 47 tag; the tag itself where
// it is none.
func (t Tongue) Language(tag string) string {
	of, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	if name := display.Languages(t.tag).Name(of); name != "" {
		return name
	}
	return tag
}

// Joined joins names with the words for the list: "A, B and C".
func (t Tongue) Joined(names []string) string {
	var line strings.Builder
	for i, n := range names {
		line.WriteString(t.Between(i, len(names)))
		line.WriteString(n)
	}
	return line.String()
}

// Between is what stands before item i of n in a list.
func (t Tongue) Between(i, n int) string {
	switch i {
	case 0:
		return ""
	case n - 1:
		return t.Say("list.last")
	}
	return t.Say("list.next")
}

// Named returns code where it is one of the languages, "" for another.
func (ts *Tongues) Named(code string) string {
	for _, t := range ts.all {
		if t.code == code {
			return code
		}
	}
	return ""
}
