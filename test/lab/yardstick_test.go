package lab_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// yardstickEnv is how long each database may answer questions, such as 4m. Where
// it is over before all are answered, those asked are spread over all of them.
const (
	yardstickEnv  = "COLOPHON_YARDSTICK"
	usualPatience = 4 * time.Minute
	// onePassEnv, set to anything, has the databases count the values of all kinds
	// in one statement, as somebody who knows them well would; else each kind has
	// a statement of its own, as is usual.
	onePassEnv = "COLOPHON_YARDSTICK_ONE_PASS"
)

// yardstick is a database that answers the questions of the catalogue.
type yardstick interface {
	ask(b *testing.B, q *asked) answered
}

// besides asks a yardstick, which must give the same answers, and reports its
// times and how many times those of the catalogue they are.
func besides(b *testing.B, who string, y yardstick, list []asked, ours []answered) {
	b.Helper()
	patience := usualPatience
	if given := os.Getenv(yardstickEnv); given != "" {
		var err error
		if patience, err = time.ParseDuration(given); err != nil {
			b.Fatal(err)
		}
	}
	const step = 113 // has no factor in common with the number of questions
	var mine, theirs []time.Duration
	for k, end := 0, time.Now().Add(patience); k < len(list) && time.Now().Before(end); k++ {
		i := k * step % len(list)
		said := y.ask(b, &list[i])
		if said.total != ours[i].total {
			b.Errorf("question %d, %s: %d stories, of the catalogue %d", i, list[i].Query.String(), said.total, ours[i].total)
		}
		if !slices.Equal(ours[i].page, said.page) {
			b.Errorf("question %d, %s: the page %v, of the catalogue %v", i, list[i].Query.String(), said.page, ours[i].page)
		}
		for f, kind := range facetKinds() {
			if !slices.Equal(ours[i].facets[f], said.facets[f]) {
				b.Errorf("question %d, %s, %s: %v, of the catalogue %v", i, list[i].Query.String(), kind, said.facets[f], ours[i].facets[f])
			}
		}
		mine, theirs = append(mine, ours[i].took), append(theirs, said.took)
	}
	reportTimes(b, who+"-", theirs)
	b.ReportMetric(float64(len(theirs)), who+"-questions")
	for _, p := range []float64{50, 95} {
		b.ReportMetric(float64(percentile(theirs, p))/float64(percentile(mine, p)), fmt.Sprintf("x-%s-p%.0f", who, p))
	}
}

// conditions are those of a question that both databases write alike, beginning
// with who asks.
func (a *asked) conditions() []string {
	list := []string{fmt.Sprintf("w.visibility = %d", archive.Public)}
	if a.to > 0 {
		list = append(list, fmt.Sprintf("w.words BETWEEN %d AND %d", a.from, a.to))
	}
	if a.rating > 0 {
		list = append(list, fmt.Sprintf("w.rating BETWEEN 1 AND %d", a.rating))
	}
	if a.language != "" {
		list = append(list, "w.language = '"+a.language+"'") // a code of the sample
	}
	if a.complete {
		list = append(list, "w.complete = 1")
	}
	switch a.worlds {
	case query.Crossover:
		list = append(list, "w.crossover = 2")
	case query.Single:
		list = append(list, "w.crossover = 1")
	}
	return list
}

// order is what a listing is sorted by.
func (a *asked) order() string {
	way := "DESC"
	if a.Query.Up {
		way = "ASC"
	}
	return fmt.Sprintf("ORDER BY w.%s %s, w.id DESC LIMIT %d", a.Query.Sort, way, a.Limit)
}

// statements are those that answer a question: the page, the number, and for each
// kind the ten values with most stories. From and where choose the stories, w;
// links joins them with their tags, t.
type statements struct {
	page, total string
	facets      []string
	all         string // in place of facets: gives kinds*kindsApart + stories
}

const kindsApart = 1 << 40

func (a *asked) statements(from string, where []string, links, tag string, spans map[archive.TagKind][2]int64) statements {
	chosen := " WHERE " + strings.Join(where, " AND ")
	s := statements{
		page:  "SELECT w.id FROM " + from + chosen + " " + a.order(),
		total: "SELECT count(*) FROM " + from + chosen,
	}
	if os.Getenv(onePassEnv) != "" {
		s.all = a.onePass(from+" "+links+chosen, tag, spans)
		return s
	}
	for _, kind := range a.Facets {
		span := spans[kind]
		s.facets = append(s.facets, fmt.Sprintf("SELECT count(*) AS n FROM %s %s%s AND %s BETWEEN %d AND %d GROUP BY %s ORDER BY n DESC LIMIT 10",
			from, links, chosen, tag, span[0], span[1], tag))
	}
	return s
}

// onePass counts all tags of the chosen stories at once, and then takes the ten
// most frequent of each kind. Kinds have their ids in the order of the facets.
func (a *asked) onePass(chosen, tag string, spans map[archive.TagKind][2]int64) string {
	var kind strings.Builder
	last := int64(0)
	for i, k := range a.Facets {
		last = spans[k][1]
		fmt.Fprintf(&kind, " WHEN tag <= %d THEN %d", last, i)
	}
	return fmt.Sprintf(`SELECT kind * %d + n FROM (SELECT kind, n, row_number() OVER (PARTITION BY kind ORDER BY n DESC) AS place FROM
		(SELECT CASE%s END AS kind, n FROM (SELECT %s AS tag, count(*) AS n FROM %s AND %s <= %d GROUP BY %s) c) k) p
		WHERE place <= 10 ORDER BY kind, place`, int64(kindsApart), kind.String(), tag, chosen, tag, last, tag)
}

// run asks the statements of a question one after the other.
func (s *statements) run(numbers func(statement string) []int64) answered {
	var a answered
	a.page = numbers(s.page)
	a.total = numbers(s.total)[0]
	for _, statement := range s.facets {
		a.facets = append(a.facets, numbers(statement))
	}
	if s.all == "" {
		return a
	}
	a.facets = make([][]int64, len(facetKinds()))
	for _, n := range numbers(s.all) {
		a.facets[n/kindsApart] = append(a.facets[n/kindsApart], n%kindsApart)
	}
	return a
}

// columnsOf are the columns of a row of the table of stories, but for its id.
func (w *world) columnsOf(i int) []any {
	r := &w.rows[i]
	complete := 0
	if r.Status == archive.Complete {
		complete = 1
	}
	return []any{r.Words, r.Posted, r.Updated, int64(w.rating(i)), r.Language, int64(complete), int64(min(w.worlds(i), 2)), int64(r.Visibility)}
}

// columnNames are their names.
func columnNames() []string {
	return []string{"words", "posted", "updated", "rating", "language", "complete", "crossover", "visibility"}
}
