package query

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// mostNumber is above any number of words that a story can have.
const mostNumber = 999_999_999_999

// number reads a number as people write it: 1000, 1,000, 1k, 1.5k, 2m.
func number(s string) (n int64, ok bool) {
	s = strings.ToLower(s)
	zeros := 0
	switch {
	case strings.HasSuffix(s, "k"):
		zeros = 3
	case strings.HasSuffix(s, "m"):
		zeros = 6
	}
	if zeros > 0 {
		s = s[:len(s)-1]
	}
	whole, part, pointed := strings.Cut(s, ".")
	if pointed && (zeros == 0 || part == "" || len(part) > zeros) {
		return 0, false
	}
	if whole, ok = ungrouped(whole); !ok {
		return 0, false
	}
	for _, r := range whole + part {
		if r < '0' || r > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", zeros-len(part)), 10, 64)
	return n, err == nil && n <= mostNumber
}

// ungrouped takes away the commas between groups of three digits.
func ungrouped(s string) (string, bool) {
	groups := strings.Split(s, ",")
	if s == "" || len(groups[0]) > 3 && len(groups) > 1 || groups[0] == "" {
		return "", false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// span is the days that a date or its first part stands for: 2004 is the whole
// year.
func span(s string) (from, to Day, ok bool) {
	parts := strings.Split(s, "-")
	if len(parts) > 3 {
		return 0, 0, false
	}
	n := [3]int{0, 1, 1}
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 1 || len(p) != [3]int{4, 2, 2}[i] || p[0] == '+' {
			return 0, 0, false
		}
		n[i] = v
	}
	first := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
	if first.Year() != n[0] || int(first.Month()) != n[1] || first.Day() != n[2] {
		return 0, 0, false
	}
	last := first
	switch len(parts) {
	case 1:
		last = first.AddDate(1, 0, -1)
	case 2:
		last = first.AddDate(0, 1, -1)
	}
	return dayOf(first), dayOf(last), true
}

// dayOf is the day of a time; 0 outside the years 1 to 9999.
func dayOf(t time.Time) Day {
	if t.Year() < 1 || t.Year() > 9999 {
		return 0
	}
	return Day(t.Year()*10000 + int(t.Month())*100 + t.Day())
}

// add is the day so many days later; 0 outside the years 1 to 9999.
func (d Day) add(days int) Day {
	return dayOf(time.Date(int(d/10000), time.Month(d/100%100), int(d%100)+days, 0, 0, 0, 0, time.UTC))
}

// String returns the day as ISO 8601 has it, such as 2004-08-11.
func (d Day) String() string {
	digits := strconv.Itoa(100000000 + int(d))[1:]
	return digits[:4] + "-" + digits[4:6] + "-" + digits[6:]
}

// fromText is the shortest date that begins with the day.
func (d Day) fromText() string {
	s, _ := strings.CutSuffix(d.String(), "-01")
	if s, cut := strings.CutSuffix(s, "-01"); cut && d%10000 == 101 {
		return s
	}
	return s
}

// toText is the shortest date that ends with the day.
func (d Day) toText() string {
	switch {
	case d%10000 == 1231:
		return d.String()[:4]
	case d.add(1)%100 == 1:
		return d.String()[:7]
	default:
		return d.String()
	}
}

// dateText is the value of a condition on a date.
func dateText(n Date) string {
	switch {
	case n.From == 0 && n.To == 0:
		return ".."
	case n.From == 0:
		return ".." + n.To.toText()
	case n.To == 0:
		return n.From.fromText() + ".."
	}
	for _, length := range []int{len("2004"), len("2004-05"), len("2004-05-11")} {
		whole := n.To.String()[:length]
		if from, to, ok := span(whole); ok && from == n.From && to == n.To {
			return whole
		}
	}
	return n.From.fromText() + ".." + n.To.toText()
}

// endsOf parts a range at its two dots.
func endsOf(s string) (low, high string, isRange bool) {
	low, high, isRange = strings.Cut(s, "..")
	return strings.TrimSpace(low), strings.TrimSpace(high), isRange
}

// mendRange is a range with its two dots, for what others write between its
// ends; "" where it is none.
func mendRange(s, between string, ok func(string) bool) string {
	for _, sep := range []string{"...", "…", "–", "—", between} {
		low, high, found := strings.Cut(s, sep)
		low, high = strings.TrimSpace(low), strings.TrimSpace(high)
		if found && (low != "" || high != "") && (low == "" || ok(low)) && (high == "" || ok(high)) {
			return low + ".." + high
		}
	}
	return ""
}

func isNumber(s string) bool { _, ok := number(s); return ok }

func isDate(s string) bool { _, _, ok := span(s); return ok }

// mendNumber is what a number that cannot be read may have meant.
func mendNumber(s string) string {
	if whole, part, found := strings.Cut(s, "."); found && len(part) == 3 && isNumber(whole+part) {
		return whole + part // points between groups of digits
	}
	return mendRange(s, "-", isNumber)
}

// mendDate is what a date that cannot be read may have meant. Which of 5/11 is
// the month nobody can tell.
func mendDate(s string) string {
	if fixed := mendRange(s, " - ", isDate); fixed != "" {
		return fixed
	}
	m := regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`).FindStringSubmatch(s)
	if m == nil {
		n := regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$`).FindStringSubmatch(s)
		if n == nil {
			return ""
		}
		m = []string{"", n[3], n[2], n[1]}
	}
	two := func(s string) string { return "-" + strings.Repeat("0", 2-len(s)) + s }
	fixed := m[3] + two(m[2])
	if m[1] != "" {
		fixed += two(m[1])
	}
	if !isDate(fixed) {
		return ""
	}
	return fixed
}

// numbers reads the range of a condition on a number. The code is "" where it
// could be read; Suggest as in Problem.
func numbers(op Op, s string) (low, high int64, code Code, suggest string) {
	from, to, isRange := endsOf(s)
	if !isRange {
		from, to = s, s
	}
	low, high = 0, math.MaxInt64
	ok := from != "" || to != ""
	if from != "" && ok {
		low, ok = number(from)
	}
	if to != "" && ok {
		high, ok = number(to)
	}
	switch {
	case from == "" && to == "":
		return 0, 0, BadRange, ""
	case !ok || isRange && op != Equal:
		return 0, 0, BadNumber, mendNumber(s)
	case low > high:
		return 0, 0, ReversedRange, to + ".." + from
	}
	switch op {
	case AtLeast:
		high = math.MaxInt64
	case Above:
		low, high = low+1, math.MaxInt64
	case AtMost:
		low = 0
	case Below:
		low, high = 0, high-1
	}
	if high < 0 {
		return 0, 0, BadRange, ""
	}
	return low, high, "", ""
}

// days reads the range of a condition on a date, as numbers does.
func days(op Op, s string) (from, to Day, code Code, suggest string) {
	low, high, isRange := endsOf(s)
	if !isRange {
		low, high = s, s
	}
	var first, last [2]Day
	ok := true
	if low != "" {
		first[0], first[1], ok = span(low)
	}
	if high != "" && ok {
		last[0], last[1], ok = span(high)
	}
	switch {
	case low == "" && high == "":
		return 0, 0, BadRange, ""
	case !ok || isRange && op != Equal:
		return 0, 0, BadDate, mendDate(s)
	case low != "" && high != "" && first[0] > last[1]:
		return 0, 0, ReversedRange, high + ".." + low
	}
	from, to = first[0], last[1]
	switch op {
	case AtLeast:
		to = 0
	case Above:
		from, to = last[1].add(1), 0
	case AtMost:
		from = 0
	case Below:
		from, to = 0, first[0].add(-1)
	}
	if from == 0 && to == 0 {
		return 0, 0, BadRange, ""
	}
	return from, to, "", ""
}
