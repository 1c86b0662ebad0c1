// Package words says what a word is, for everything that finds stories by words:
// the texts that are indexed, what readers type, what is shown of a hit, and how
// near two spellings are. The same word is found in either database because it is
// made here, in the form that each of them takes.
//
// It is not the search: it knows no SQL, no story and no header, and decides
// neither what is found nor what comes first. It is not for keys of names, which
// keep diacritics. A change of what it returns for a text that is indexed already
// needs a rise of the store's derivedForm.
package words
