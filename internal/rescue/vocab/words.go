package vocab

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const genreTable = `action adventure angst drama humor humour romance general horror mystery fantasy tragedy supernatural
sci-fi|science fiction|hurt/comfort|h/c|comfort|fluff|crime|suspense|parody|poetry|western|friendship|family|spiritual|songfic|au|alternate universe|alternative universe
slash|het|gen|femslash|f/f|m/m|m/f|pre-slash|preslash|crossover|drabble|vignette|ficlet|one-shot|oneshot|smut|pwp|romantic comedy|comedy|thriller|first time|established relationship|sap|waff|dark|deathfic|casefile|case file
missing scene|episode tag|epilogue|character study|introspection|humorous|satire|crackfic|crack|kidfic|holiday|schmoop|pov|challenge|post-ep|episode related|other romance|het romance|musical|historical|whump|action/adventure|lemon|lime|citrus
romanze|abenteuer|krimi|humor|allgemein|freundschaft|liebesgeschichte|songfiktion|drama/tragik|parodie|schmerz/trost|geschichte|mystery
aventure|humour|amitié|comédie|tragédie|suspens|général|fantastique|polar|mystère
romantico|avventura|commedia|drammatico|generale|introspettivo|sentimentale|giallo|malinconico|fluff
aventura|amistad|comedia|tragedia|misterio|fantasía
романтика|юмор|флафф|ангст|драма|приключения|экшн|фэнтези|фантастика|детектив|мистика|ужасы|повседневность|hurt/comfort|слэш|гет|джен|фемслэш|фемслеш|дружба|психология|философия|занавесочная история|ер (established relationship)|pwp|стёб|пародия|ау|пропущенная сцена`

func set(table string) map[string]bool {
	m := map[string]bool{}
	for i, line := range strings.Split(table, "\n") {
		split := strings.Fields
		if i > 0 {
			split = func(s string) []string { return strings.Split(s, "|") }
		}
		for _, w := range split(line) {
			m[strings.TrimSpace(w)] = true
		}
	}
	return m
}

// Genre reports whether s is a word for a genre.
func (v *Vocabulary) Genre(s string) bool {
	return v.genres[strings.ToLower(strings.Trim(s, " .,;!"))]
}

const languageTable = `en english|englisch|anglais|inglés|inglese|английский|eng
de german|deutsch|allemand|alemán|tedesco|немецкий
fr french|français|francais|französisch|francés|francese|французский
es spanish|español|espanol|castellano|spanisch|espagnol|spagnolo|испанский
it italian|italiano|italienisch|italien|итальянский
pt portuguese|português|portugues|portugiesisch|portugais
nl dutch|nederlands|niederländisch
ru russian|русский|russisch|russe
ja japanese|日本語|japanisch|japonais
zh chinese|中文|chinesisch
pl polish|polski|polnisch
cs czech|čeština
hu hungarian|magyar
fi finnish|suomi
sv swedish|svenska
da danish|dansk
no norwegian|norsk
ko korean|한국어`

func pairs(table string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(table) {
		tag, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		for name := range strings.SplitSeq(names, "|") {
			m[name] = tag
		}
	}
	return m
}

// LanguageName returns the BCP 47 tag of a language named in words.
func (v *Vocabulary) LanguageName(s string) (string, bool) {
	tag, ok := v.languages[strings.ToLower(strings.Trim(s, " .,;"))]
	return tag, ok
}

// authorTable weighs words and word pairs by how much they sound like an author
// talking about the story (positive) rather than the story itself (negative).
// The figures are logarithms of odds, set by hand and checked on labelled pages.
const authorTable = `fic 2|fics 2|fanfic 2|fanfiction 2|fan fiction 2|ficlet 2|drabble 2|story 0.7|chapter 0.8|chapters 1|feedback 2|review 1.2|reviews 1.5|reviewers 1.5|reviewing 1.2
disclaimer 2.5|disclaimers 2.5|copyright 1.5|infringement 2.5|profit 1|belong 0.8|belongs 0.8|property 0.8|own 0.4|owns 0.6|rated 1.2|rating 1.5|spoiler 2|spoilers 2|canon 1.5|fandom 2|au 1|ooc 2|slash 1.2
beta 1.5|betaed 2|beta'd 2|betas 2|beta-reading 2|beta-job 2|betareader 2|thanks 0.7|thank you 0.5|thank-yous 1.5|archive 1.3|archived 1.3|archiving 1.5|sequel 1.5|prequel 1.5|series 0.8|episode 1.3|season 0.7|seasons 1|characters 1|character 0.5|plot 0.7
enjoy 0.7|hope you 0.6|read and 0.6|please 0.3|warning 0.8|warnings 1.5|summary 2|posted 0.8|posting 1|wrote this 1.2|write 0.3|written 0.6|writing 0.3|pov 1.5|updated 0.8|update 0.8|rewrite 1|pairing 2|crossover 1.8|x-over 2|flames 1.2|plot bunny 2
lyrics 1|song 0.3|www 2|http 2|e-mail 1.2|email 1.5|website 1.5|list 0.4|challenge 0.5|timeline 1.3|takes place 1|set in 0.4|set after 1|movie 0.8|books 0.3|anime 1.2|manga 1.2|rights 0.5|not mine 1.2|isn't mine 1.2|aren't mine 1.2|don't own 1.5|do not own 1.5
my first 0.8|this is my 1|this fic 2|this story 1.2|my story 1|let me know 0.8|i own 0.8|no money 1|making money 1|sue me 1.5|part of 0.3|the author 0.8|reader 0.5|readers 0.8|original 0.4|intended 0.4|continuity 1.2|universe 0.5
geschichte 0.6|kapitel 0.8|gehören 1|gehört 0.8|figuren 1|charaktere 1.2|rechte 0.7|reviews 1.5|kommentare 1|viel spaß 1.5|geld 0.3|verdiene 0.8|personnages 0.9|appartiennent 1.2|appartient 1|propriété 1|chapitre 0.8|histoire 0.4|série 0.6|bonne lecture 2|récit 0.5
персонажи 1|принадлежат 1.2|принадлежит 1|фик 2|автор 0.8|права 0.5|приятного чтения 2.5|глава 0.6|отзывы 1.2|personajes 0.9|pertenecen 1.2|personaggi 0.9|appartengono 1.2|storia 0.3
said -1|asked -0.7|replied -1|whispered -1.2|muttered -1.2|smiled -1|laughed -0.6|nodded -1.2|turned -0.6|walked -0.8|looked -0.7|stood -0.7|sat -0.6|eyes -0.6|hand -0.4|hands -0.4|door -0.6|room -0.4|night -0.3|his -0.3|her -0.2|he -0.35|she -0.35|him -0.25|had -0.15|was -0.12|sagte -1|fragte -1|dit -0.6|demanda -1|сказал -1|сказала -1|спросил -1|посмотрел -1|dijo -1|disse -1`

// talk is what a word of a text says of who speaks.
type talk struct {
	weight float64
	opens  bool // the table has pairs that begin with the word
}

// talkTable is what the words and pairs of words of a table say.
type talkTable struct {
	words map[string]talk
	// sizes has, for the first and the last byte of a word, a bit for each length
	// that words of the table have: most words of a text need not be looked up.
	sizes [32][32]uint32
	// lower is each ASCII character in lower case, 0 for those that part words.
	lower [utf8.RuneSelf]byte
}

func (t *talkTable) of(word []byte) talk {
	if n := len(word); n == 0 || t.sizes[word[0]&31][word[n-1]&31]>>(n&31)&1 == 0 {
		return talk{}
	}
	return t.words[string(word)]
}

// talks reads a table of words and pairs of words with their weights.
func talks(table string) *talkTable {
	m := map[string]talk{}
	for line := range strings.Lines(table) {
		for item := range strings.SplitSeq(strings.TrimSpace(line), "|") {
			words, num, ok := cutLast(item)
			if !ok {
				continue
			}
			m[words] = talk{num, m[words].opens}
			for i := range len(words) {
				if words[i] == ' ' {
					m[words[:i]] = talk{m[words[:i]].weight, true}
				}
			}
		}
	}
	t := &talkTable{words: m}
	for w := range m {
		t.sizes[w[0]&31][w[len(w)-1]&31] |= 1 << (len(w) & 31)
	}
	for c := range byte(utf8.RuneSelf) {
		if strings.IndexByte(" \t.,;:!?()[]\"*_/<>", c) < 0 {
			t.lower[c] = byte(unicode.ToLower(rune(c)))
		}
	}
	return t
}

// talkBytes is how much of a text AuthorTalk reads.
const talkBytes = 600

// AuthorTalk weighs a text: above zero it sounds like an author speaking to
// readers, below zero like narrative. Only the first 600 bytes are read.
func (v *Vocabulary) AuthorTalk(text string) float64 {
	t := talkSum{table: v.author}
	for _, r := range text[:min(len(text), talkBytes)] {
		switch {
		case r < utf8.RuneSelf && v.author.lower[r] != 0:
			t.room[t.end] = v.author.lower[r]
			t.end++
		case r < utf8.RuneSelf || strings.ContainsRune("\u00a0\u201c\u201d\u2026\u2014", r):
			t.endWord()
		case r == '\u2019':
			t.room[t.end] = '\''
			t.end++
		default:
			t.end += utf8.EncodeRune(t.room[t.end:], unicode.ToLower(r))
		}
	}
	t.endWord()
	return t.sum
}

// talkSum weighs the words of a text as they come.
type talkSum struct {
	table  *talkTable
	room   [3*talkBytes + 1]byte // words in lower case, which may be longer, with a space behind each
	end    int                   // of what is in room
	start  int                   // of the word that is being read
	before int                   // of the word before it
	opened bool                  // that word may begin a pair
	sum    float64
}

// endWord weighs the word that was read, by itself and with the one before.
func (t *talkSum) endWord() {
	if t.end == t.start {
		return
	}
	word := t.table.of(t.room[t.start:t.end])
	t.sum += word.weight
	if t.opened {
		t.sum += t.table.of(t.room[t.before:t.end]).weight
	}
	t.room[t.end] = ' '
	t.end++
	t.before, t.opened, t.start = t.start, word.opens, t.end
}

// Status reads words that say whether a story is finished, in the folded form of
// Fold: "complete", "in-progress", or "" where they do not say.
func Status(folded string) string {
	for _, open := range []string{"no", "wip", "in progress", "work in progress", "incomplete", "unfinished", "ongoing", "not complete", "on hiatus", "abandoned", "in arbeit", "nicht abgeschlossen", "en cours", "non", "nein", "in corso", "en proceso", "incompleta", "incompleto", "в процессе", "не закончен", "заморожен", "приостановлен", "в работе", "abgebrochen", "pausiert", "連載中", "未完", "连载"} {
		if folded == open || strings.HasPrefix(folded, open+" ") {
			return "in-progress"
		}
	}
	for _, done := range []string{"yes", "complete", "completed", "finished", "done", "abgeschlossen", "fertig", "fertiggestellt", "beendet", "ja", "terminé", "terminée", "terminee", "finie", "oui", "completo", "completa", "terminado", "terminada", "conclusa", "закончен", "завершён", "завершен", "окончен", "закончено", "完結", "完结", "完"} {
		if folded == done || strings.HasPrefix(folded, done+" ") {
			return "complete"
		}
	}
	return ""
}
