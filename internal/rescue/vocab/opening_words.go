package vocab

import (
	"regexp"
	"strings"
)

var salutation = regexp.MustCompile(`(?i)^[*_"\x{201c}'\x{2018}]*(?:my |meine? |ma |mon |mi |cara |caro )?(?:dear(?:est)?|liebe[rs]?|chère?|querid[oa]|car[oa]|дорог(?:ой|ая))\s+((?:\pL[\pL.'\x{2019}-]*\s?){1,4})[,!:]?[*_"'\x{201d}]*$`)

// Salutation reports whether a line is the beginning of a letter to one person:
// "Dear Hanne,". A remark to the readers of the story is none.
func Salutation(s string) bool {
	m := salutation.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return false
	}
	for w := range strings.FieldsSeq(Fold(m[1])) {
		switch w {
		case "reader", "readers", "reviewer", "reviewers", "all", "everyone", "everybody", "friends", "fans", "list", "listmates", "leser", "leserin", "leserinnen", "lecteurs", "lectrices", "lectores", "lettori", "читатели", "author", "lord", "me", "god":
			return false
		}
	}
	return true
}

var dedication = regexp.MustCompile(`^(?:[Ff]or|[Tt]o|Für|Pour|Para|À|Для) \p{Lu}[\pL'\x{2019}-]+(?:(?: and|,| &) \p{Lu}[\pL'\x{2019}-]+)*(?:,? (?:who|because|with|as|always|die|der|qui|que)\b.{0,80}|,? on (?:his|her|their|your) \pL+)?[.!]?$`)

// Dedication reports whether a short line is to one or two people: "For Mim, who
// asked for hay."
func Dedication(s string) bool { return len(s) < 140 && dedication.MatchString(s) }
