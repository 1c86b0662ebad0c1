package vocab

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Order says which of two numbers of a date comes first.
type Order uint8

// The orders of day and month. Unsure leaves a date such as 3/4/02 without its
// normal form.
const (
	Unsure Order = iota
	MonthFirst
	DayFirst
)

func monthNumbers() map[string]int {
	m := map[string]int{}
	for _, names := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec",
		"januar februar märz april mai juni juli august september oktober november dezember",
		"jänner feber maerz apr. mai jun. jul. aug. sept okt nov. dez",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"janv fevrier mars avr mai juin juil aout sept oct nov décembre",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
	} {
		for i, name := range strings.Fields(names) {
			m[strings.TrimSuffix(name, ".")] = i + 1
		}
	}
	return m
}

// Date is a date found in a text.
type Date struct {
	Start, End int    // byte range
	ISO        string // "2004-08-11", "2004-08" or "2004"; "" where day and month cannot be told apart
	A, B       int    // the two numbers of d/m or m/d, 0 for other forms
}

var (
	dateISO   = regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b`)
	dateNum   = regexp.MustCompile(`\b(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})\b`)
	dateNamed = regexp.MustCompile(`(?i)(?:\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?: of| de)?[ -])?(\pL{3,10})\.?,?(?:[ -]+(\d{1,2})(?:st|nd|rd|th)?,?)?(?: de)?[ ,'-]+(\d{4}|\d{2})\b`)
	dateLong  = regexp.MustCompile(`(?i)(?:\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?: of| de)?[ -])?(\pL{3,10})\.?,?(?:[ -]+(\d{1,2})(?:st|nd|rd|th)?,?)?(?: de)?[ ,'-]+((?:19|20)\d\d)\b`)
	dateJa    = regexp.MustCompile(`(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?`)
	dateYear  = regexp.MustCompile(`^\D{0,3}((?:19[89]|20[0-3])\d)\D{0,2}$`)
	dateUnix  = regexp.MustCompile(`^\d{9,10}$`)
)

// FindDate finds the first date of s.
func (v *Vocabulary) FindDate(s string, order Order) (Date, bool) {
	if !strings.ContainsAny(s, "0123456789") {
		return Date{}, false
	}
	s = strings.ReplaceAll(s, "\u00a0", "  ") // keep offsets: a no-break space has two bytes
	if m := dateISO.FindStringSubmatchIndex(s); m != nil {
		return build(m[0], m[1], num(s, m[2], m[3]), num(s, m[4], m[5]), num(s, m[6], m[7]))
	}
	if m := dateJa.FindStringSubmatchIndex(s); m != nil {
		return build(m[0], m[1], num(s, m[2], m[3]), num(s, m[4], m[5]), num(s, m[6], m[7]))
	}
	if d, ok := v.named(s); ok {
		return d, true
	}
	if m := dateNum.FindStringSubmatchIndex(s); m != nil {
		return numeric(s, m, order)
	}
	if m := dateYear.FindStringSubmatchIndex(s); m != nil {
		return build(m[2], m[3], num(s, m[2], m[3]), 0, 0)
	}
	if t := strings.TrimSpace(s); dateUnix.MatchString(t) {
		sec, err := strconv.ParseInt(t, 10, 64)
		if err == nil {
			at := strings.Index(s, t)
			return Date{Start: at, End: at + len(t), ISO: time.Unix(sec, 0).UTC().Format("2006-01-02")}, true
		}
	}
	return Date{}, false
}

// named reads dates whose month is a word.
func (v *Vocabulary) named(s string) (Date, bool) {
	// A year of four digits first: in "Tue 14 Mar 2006" nothing else is one.
	for _, m := range append(dateLong.FindAllStringSubmatchIndex(s, 8), dateNamed.FindAllStringSubmatchIndex(s, 8)...) {
		month := v.months[strings.ToLower(s[m[4]:m[5]])]
		if month == 0 {
			continue
		}
		day := max(num(s, m[2], m[3]), num(s, m[6], m[7]))
		if d, ok := build(m[0], m[1], year(s[m[8]:m[9]]), month, day); ok {
			return d, true
		}
	}
	return Date{}, false
}

func numeric(s string, m []int, order Order) (Date, bool) {
	a, b, y := num(s, m[2], m[3]), num(s, m[6], m[7]), year(s[m[8]:m[9]])
	if s[m[4]:m[5]] == "." && order == Unsure {
		order = DayFirst // dd.mm.yyyy is the German and Russian way, and no other
	}
	d := Date{Start: m[0], End: m[1], A: a, B: b}
	switch {
	case a > 12 && b > 12 || a > 31 || b > 31 || a == 0 || b == 0:
		return Date{}, false
	case b > 12:
		order = MonthFirst
	case a > 12:
		order = DayFirst
	case a == b:
		order = MonthFirst
	}
	switch order {
	case MonthFirst:
		d.ISO = fmt.Sprintf("%04d-%02d-%02d", y, a, b)
	case DayFirst:
		d.ISO = fmt.Sprintf("%04d-%02d-%02d", y, b, a)
	}
	return d, true
}

func build(start, end, y, m, d int) (Date, bool) {
	if y < 1970 || y > 2100 || m > 12 || d > 31 {
		return Date{}, false
	}
	date := Date{Start: start, End: end, ISO: fmt.Sprintf("%04d", y)}
	if m > 0 {
		date.ISO += fmt.Sprintf("-%02d", m)
		if d > 0 {
			date.ISO += fmt.Sprintf("-%02d", d)
		}
	}
	return date, true
}

func num(s string, i, j int) int {
	if i < 0 {
		return 0
	}
	n, err := strconv.Atoi(s[i:j])
	if err != nil {
		return 0
	}
	return n
}

// year reads two digits as a year between 1970 and 2069.
func year(s string) int {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		return 0
	case len(s) == 4:
		return n
	case n >= 70:
		return 1900 + n
	}
	return 2000 + n
}
