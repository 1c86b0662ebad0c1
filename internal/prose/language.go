package prose

import (
	"strings"
	"unicode"
)

// How much of a text Languages.Of looks at, and how little is too little.
const (
	languageSample = 60_000 // bytes, from the middle third on of longer texts
	languageWords  = 12     // fewer words of an alphabet say nothing
	languageSigns  = 12     // fewer ideographs or letters of a script say nothing
)

// Languages tells languages apart. It is immutable and safe for concurrent use.
type Languages struct {
	latin, cyrillic map[string][]string // the languages of each common word
}

// NewLanguages reads the tables of words.
func NewLanguages() *Languages {
	return &Languages{latin: wordTable(smallWords), cyrillic: wordTable(smallCyrillicWords)}
}

// Of names the language of a text as a BCP 47 tag, with a confidence from
// 0 to 1. The script decides where it belongs to one language; else the commonest
// small words of each language are counted, those that few languages share
// weighing more. The tag is "" where the text is too short or too mixed to say:
// a line of a header usually is.
func (l *Languages) Of(s string) (tag string, confidence float64) {
	s = sample(s)
	c := countScripts(s)
	if tag, share := c.soleLanguage(); tag != "" {
		return tag, share
	}
	switch {
	case c.cyrillic > c.latin && c.cyrillic >= 2*languageSigns:
		return l.ofCyrillic(s, c)
	case c.latin >= 2*languageSigns:
		return byWords(s, l.latin)
	}
	return "", 0
}

// sample cuts a long text down to a stretch that begins and ends at a space,
// well behind whatever header it has.
func sample(s string) string {
	if len(s) <= languageSample {
		return s
	}
	from := min(len(s)/3, len(s)-languageSample)
	s = strings.ToValidUTF8(s[from:from+languageSample], "")
	if i := strings.IndexByte(s, ' '); i >= 0 && i < 200 {
		s = s[i:]
	}
	return s
}

type scripts struct {
	letters, latin, cyrillic, han, kana, hangul, greek, hebrew, arabic, thai, devanagari, armenian, georgian int
}

func countScripts(s string) scripts {
	var c scripts
	for _, r := range s {
		if r < 0x80 {
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				c.latin++
				c.letters++
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		c.letters++
		if n := c.of(r); n != nil {
			*n++
		}
	}
	return c
}

func (c *scripts) of(r rune) *int {
	switch {
	case unicode.Is(unicode.Latin, r):
		return &c.latin
	case unicode.Is(unicode.Cyrillic, r):
		return &c.cyrillic
	case unicode.Is(unicode.Han, r):
		return &c.han
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return &c.kana
	case unicode.Is(unicode.Hangul, r):
		return &c.hangul
	case unicode.Is(unicode.Greek, r):
		return &c.greek
	case unicode.Is(unicode.Hebrew, r):
		return &c.hebrew
	case unicode.Is(unicode.Arabic, r):
		return &c.arabic
	case unicode.Is(unicode.Thai, r):
		return &c.thai
	case unicode.Is(unicode.Devanagari, r):
		return &c.devanagari
	case unicode.Is(unicode.Armenian, r):
		return &c.armenian
	case unicode.Is(unicode.Georgian, r):
		return &c.georgian
	}
	return nil
}

// soleLanguage names the language of a script that is used by one language
// above all. An ideograph says as much as two letters; Japanese is told from
// Chinese by its kana.
func (c scripts) soleLanguage() (tag string, share float64) {
	best := 0
	for _, s := range []struct {
		tag string
		n   int
	}{
		{"ko", c.hangul},
		{"el", c.greek},
		{"he", c.hebrew},
		{"ar", c.arabic},
		{"th", c.thai},
		{"hi", c.devanagari},
		{"hy", c.armenian},
		{"ka", c.georgian},
		{"zh", c.han + c.kana},
	} {
		if s.n > best {
			tag, best = s.tag, s.n
		}
	}
	weight := 1
	if tag == "zh" {
		weight = 2
	}
	if best < languageSigns || best*weight <= c.latin || best <= c.cyrillic {
		return "", 0
	}
	if tag == "zh" && c.kana*20 > best {
		tag = "ja"
	}
	return tag, 0.5 + float64(best)/float64(c.letters)/2
}

// ofCyrillic tells the languages of the Cyrillic script apart by letters
// that only one of them has, Russian by its words.
func (l *Languages) ofCyrillic(s string, c scripts) (tag string, confidence float64) {
	count := func(letters string) int {
		n := 0
		for _, r := range s {
			if strings.ContainsRune(letters, r) {
				n++
			}
		}
		return n
	}
	enough := max(2, c.cyrillic/400)
	switch {
	case count("јћђљњџЈЋЂЉЊЏ") >= enough:
		return "sr", 0.9
	case count("ўЎ") >= enough:
		return "be", 0.9
	case count("їєґЇЄҐ") >= enough:
		return "uk", 0.95
	case count("ыэЫЭ") >= enough:
		return "ru", 0.95
	case count("ъЪ") >= max(2, c.cyrillic/120):
		return "bg", 0.9
	}
	return byWords(s, l.cyrillic)
}

// byWords counts small words. The winner needs a fifth of its expected share
// and a clear lead.
func byWords(s string, table map[string][]string) (tag string, confidence float64) {
	scores := map[string]float64{}
	total := 0
	eachWord(s, func(w string) bool {
		total++
		w = strings.ToLower(w)
		tags := table[w]
		if tags == nil {
			tags = table[elided(w)]
		}
		for _, t := range tags {
			scores[t] += 1 / float64(len(tags))
		}
		return true
	})
	best, second := 0.0, 0.0
	for t, n := range scores {
		switch {
		case n > best || n == best && t < tag:
			tag, best, second = t, n, max(best, 0)
		case n > second:
			second = n
		}
	}
	share := best / float64(max(1, total))
	lead := (best - second) / max(best, 1)
	if total < languageWords || best < 4 || share < 0.06 || lead < 0.12 {
		return "", 0
	}
	return tag, min(0.99, 0.5+0.3*min(1, lead*1.5)+0.2*min(1, share/0.25))
}

// elided is the first half of a word such as l'homme, c'est, don't, with its
// apostrophe; "" for other words.
func elided(w string) string {
	i := strings.IndexByte(w, '\'')
	if k := strings.Index(w, "’"); k >= 0 && (i < 0 || k < i) {
		i = k
	}
	if i <= 0 {
		return ""
	}
	return w[:i] + "'"
}

// The commonest words of each language, about forty of each.
const smallWords = `
en the and of to a in is was he she it his her that with for on as had at be not you have this but they from or by were are an i my me him so what all there said would could been
de der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an er sie ich war hatte aber wie aus wenn nur noch nach so ihr ihm ihn mir mich du wir sein
fr de la le et les des en un une du que est pour qui dans par plus pas au sur ne se il elle ce avec son sa mais je vous nous était avait ses lui leur c' l' d' qu' n' s' j' m' comme tout
es de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya o fue este ha sí porque esta muy sin sobre me era había cuando él ella yo todo
it di che e la il un a per in una sono mi ho non ma lo ha le si con i da come io se ci questo qui hai sei del della nel era aveva suo sua gli più anche al dei l' un' dell' all' nell'
pt de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela ela até isso era
nl de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij uit haar naar heeft
sv och det att i en jag hon som han på den med var sig för så till är men ett om hade de av icke mig du henne då sin nu har inte hans honom skulle hennes där min man ej vid kunde något från
da og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv efter noget nogen blev bliver være dig ind
no og i jeg det at en den til er som på de med han av ikke ikkje der så var meg seg men ett har om vi min mitt ha hadde hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv etter noe noen ble blir være deg inn enn
fi ja on ei että se hän oli mutta en ole minä kun niin mitä ovat myös hänen sitä joka sen kuin vain olen jos sinä tai nyt olla mikä hänet sanoi jo vielä kaikki siitä ollut sekä tämä minun
pl i w nie na się z do to jest że a o jak ale po co tak za od go był była już tylko jej jego przez dla ma czy ich może by mnie kiedy gdy jeszcze są oraz te tego
cs a se v na je že to s z do i o jako za ale si po tak od jeho byl bylo byla jsem ve by která který jsou nebo už jen když ještě jak pro není však také ho mu má
hu a az és hogy nem is egy ez de volt csak meg van már még mint azt ha ki azután vagy minden én ő ezt kell el fel most olyan amely mert úgy lesz aki neki
tr ve bir bu da de için ile çok ne daha o gibi ama olarak var kadar en sonra değil ben diye mi ki her onun olan dedi yok şey sen bana beni
ro și de în a la cu nu pe o un este din că se care mai pentru al sa fi ca ce lui au le ei era dar după el ea fost prin sau nici
id yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih kata tahun sudah atau saat oleh menjadi orang ia telah adalah seperti aku dia
ca de la i el que a en els per un amb les una és no del al es van va com més però aquest ser són l' d' s' n' també seva seu dels molt ha quan
`

const smallCyrillicWords = `
ru и в не на я что он с как это по но они его к ее её все она так было за был от у из же мы бы вы меня о только мне если когда была ты еще ещё уже до для чтобы
uk і в не на я що він з як це по але вони його до її все вона так було за був від у із же ми б ви мене тільки мені якщо коли була ти ще вже для щоб та
bg и в не на аз че той с как това по но те го към я всичко тя така беше за от у из ние ви мен само ми ако когато ти още вече до да се са ще като или
`

// wordTable reads lines of a tag and its words into the languages of each word.
func wordTable(lines string) map[string][]string {
	table := map[string][]string{}
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		tag, words, _ := strings.Cut(strings.TrimSpace(line), " ")
		for w := range strings.FieldsSeq(words) {
			table[w] = append(table[w], tag)
		}
	}
	return table
}
