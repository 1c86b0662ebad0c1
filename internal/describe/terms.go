package describe

import (
	"bytes"
	"encoding/json"
)

// The types of schema.org that are read as well as written.
const (
	typeBook     = "Book"
	typeShort    = "ShortStory"
	typeWork     = "CreativeWork"
	typeChapter  = "Chapter"
	typePerson   = "Person"
	typeRole     = "Role"
	typeProperty = "PropertyValue"
)

// thing is the block of a story or chapter. Its fields stand in the order in
// which they are written.
type thing struct {
	Context       string         `json:"@context"`
	Type          string         `json:"@type"`
	ID            string         `json:"@id,omitempty"`
	URL           string         `json:"url,omitempty"`
	Identifier    string         `json:"identifier,omitempty"`
	Version       int            `json:"version,omitempty"`
	Name          string         `json:"name,omitempty"`
	Author        many[agent]    `json:"author,omitempty"`
	Translator    many[agent]    `json:"translator,omitempty"`
	Illustrator   many[agent]    `json:"illustrator,omitempty"`
	Contributor   many[agent]    `json:"contributor,omitempty"`
	About         many[nameOnly] `json:"about,omitempty"`
	Character     many[nameOnly] `json:"character,omitempty"`
	Genre         many[string]   `json:"genre,omitempty"`
	Keywords      many[string]   `json:"keywords,omitempty"`
	ContentRating string         `json:"contentRating,omitempty"`
	Abstract      string         `json:"abstract,omitempty"`
	InLanguage    string         `json:"inLanguage,omitempty"`
	WordCount     *int           `json:"wordCount,omitempty"` // nil for a story without text
	Status        string         `json:"creativeWorkStatus,omitempty"`
	DateCreated   string         `json:"dateCreated,omitempty"`
	DateModified  string         `json:"dateModified,omitempty"`
	IsPartOf      *part          `json:"isPartOf,omitempty"`
	Position      any            `json:"position,omitempty"` // text in a series, a number in a story
	HasPart       many[part]     `json:"hasPart,omitempty"`
	IsBasedOn     many[medium]   `json:"isBasedOn,omitempty"`
	Provider      *part          `json:"provider,omitempty"`
	License       string         `json:"license,omitempty"`
	Own           many[property] `json:"additionalProperty,omitempty"`
}

// part is another work or body, as far as a block says who or what it is.
type part struct {
	Type      string      `json:"@type"`
	ID        string      `json:"@id,omitempty"`
	Position  int         `json:"position,omitempty"`
	Name      string      `json:"name,omitempty"`
	URL       string      `json:"url,omitempty"`
	Author    many[agent] `json:"author,omitempty"`
	WordCount int         `json:"wordCount,omitempty"`
}

// agent is a person, or a role with the person in it. The person stands in the
// role under the name of the property that holds the role, as schema.org has it.
type agent struct {
	Type        string       `json:"@type"`
	RoleName    string       `json:"roleName,omitempty"`
	Name        string       `json:"name,omitempty"`
	Also        many[string] `json:"alternateName,omitempty"`
	URL         string       `json:"url,omitempty"`
	Author      *person      `json:"author,omitempty"`
	Contributor *person      `json:"contributor,omitempty"`
}

// person is an agent that is no role. It is a type of its own so that what is
// read cannot be nested without end.
type person struct {
	Type string       `json:"@type"`
	Name string       `json:"name,omitempty"`
	Also many[string] `json:"alternateName,omitempty"`
	URL  string       `json:"url,omitempty"`
}

type nameOnly struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// medium is a source.
type medium struct {
	Type   string         `json:"@type"`
	Name   string         `json:"name,omitempty"`
	SHA256 string         `json:"sha256"`
	Size   string         `json:"contentSize"`
	Format string         `json:"encodingFormat,omitempty"`
	Own    many[property] `json:"additionalProperty,omitempty"`
}

// property is a value for which schema.org has no word.
type property struct {
	Type  string `json:"@type"`
	ID    string `json:"propertyID"`
	Name  string `json:"name,omitempty"`
	Value any    `json:"value"`
}

// many is a list. JSON-LD takes a single value for a list of one, and so does
// the reader; we write lists always.
type many[T any] []T

// UnmarshalJSON reads a list or a single value.
func (m *many[T]) UnmarshalJSON(b []byte) error {
	*m = nil
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	if len(b) > 0 && b[0] == '[' {
		return json.Unmarshal(b, (*[]T)(m))
	}
	var one T
	if err := json.Unmarshal(b, &one); err != nil {
		return err
	}
	*m = many[T]{one}
	return nil
}

func named(kind string, names []string) many[nameOnly] {
	var all many[nameOnly]
	for _, n := range names {
		all = append(all, nameOnly{kind, n})
	}
	return all
}

func namesOf(all many[nameOnly]) []string {
	var names []string
	for _, n := range all {
		names = append(names, n.Name)
	}
	return names
}
