package sample

import (
	"math"
	"math/rand/v2"
	"slices"
)

// chance is the randomness of one story.
type chance struct{ *rand.Rand }

// newChance returns what is drawn for the item i of a stream: the same for the
// same three numbers.
func newChance(seed, stream, i uint64) chance {
	return chance{rand.New(rand.NewPCG(mix(seed, stream), mix(i, seed)))}
}

// The streams of randomness that are apart.
const (
	streamStory = iota + 1
	streamText
	streamSeries
	streamSeriesPlan
	streamNames
	streamAbout
	streamVisibility
)

// mix makes one number of two, each bit of which depends on all bits of both
// (splitmix64).
func mix(a, b uint64) uint64 {
	z := a*0x9e3779b97f4a7c15 + b + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// maybe is true with a probability of p.
func (c chance) maybe(p float64) bool { return c.Float64() < p }

// of returns one of a list.
func (c chance) of(list []string) string { return list[c.IntN(len(list))] }

// poisson draws a number with a mean below some hundreds.
func (c chance) poisson(mean float64) int {
	limit, n := math.Exp(-mean), 0
	for p := c.Float64(); p > limit; p *= c.Float64() {
		n++
	}
	return n
}

// geometric draws a number from 0 with a mean.
func (c chance) geometric(mean float64) int {
	return int(math.Log(1-c.Float64()) / math.Log(mean/(1+mean)))
}

// logNormal draws a number whose logarithm is normal.
func (c chance) logNormal(mu, sigma float64) float64 { return math.Exp(mu + sigma*c.NormFloat64()) }

// rank draws from 0 to n-1, where the k-th is about 1/k as frequent as the first.
func (c chance) rank(n int) int {
	return min(n-1, int(math.Exp(c.Float64()*math.Log(float64(n+1))))-1)
}

// curve draws ranks by a table of weights.
type curve struct {
	upto  []float64 // the weights up to each rank, added up
	guide []int32   // where to begin to look, for equal parts of the whole
}

func newCurve(weights []float64) *curve {
	c := &curve{upto: make([]float64, len(weights)), guide: make([]int32, len(weights)+1)}
	sum := 0.0
	for i, w := range weights {
		sum += w
		c.upto[i] = sum
	}
	for i := range c.upto {
		c.upto[i] /= sum
	}
	c.upto[len(c.upto)-1] = 1
	at := 0
	for i := range c.guide {
		for at < len(weights)-1 && c.upto[at] <= float64(i)/float64(len(weights)) {
			at++
		}
		c.guide[i] = int32(at)
	}
	return c
}

// draw returns a rank from 0.
func (c *curve) draw(r chance) int {
	u := r.Float64()
	at := int(c.guide[int(u*float64(len(c.upto)))])
	for c.upto[at] <= u {
		at++
	}
	return at
}

// powerLaw returns the weights of n ranks on a curve through points, the first of
// which is rank 1; beyond the last it goes on with the last slope.
func powerLaw(points []point, n int) []float64 {
	weights := make([]float64, n)
	at := 0
	for i := range weights {
		rank := float64(i + 1)
		for at+2 < len(points) && rank > points[at+1].rank {
			at++
		}
		p, q := points[at], points[at+1]
		slope := math.Log(p.count/q.count) / math.Log(q.rank/p.rank)
		weights[i] = p.count * math.Pow(rank/p.rank, -slope)
	}
	return weights
}

// choice draws one of few values by their weights.
type choice struct {
	values []string
	curve  *curve
}

func newChoice(shares []share) choice {
	c := choice{values: make([]string, len(shares))}
	weights := make([]float64, len(shares))
	for i, s := range shares {
		c.values[i], weights[i] = s.value, s.weight
	}
	c.curve = newCurve(weights)
	return c
}

func (c choice) draw(r chance) string { return c.values[c.curve.draw(r)] }

// portions shares out a total over weights: each gets one at least and no more
// than its limit. It returns where each portion begins, and behind the last the
// total.
func portions(weights []float64, total int, limit func(i int) int) []int {
	size := func(factor float64, i int) int {
		return min(max(1, int(factor*weights[i])), limit(i))
	}
	low, high := 0.0, float64(total)
	for range 60 {
		factor, sum := (low+high)/2, 0
		for i := range weights {
			sum += size(factor, i)
		}
		if sum > total {
			high = factor
		} else {
			low = factor
		}
	}
	starts := make([]int, len(weights)+1)
	for i := range weights {
		starts[i+1] = starts[i] + size(low, i)
	}
	return starts
}

// portionOf returns which portion a number lies in.
func portionOf(starts []int, n int) int {
	i, found := slices.BinarySearch(starts, n)
	if !found {
		i--
	}
	for i+1 < len(starts) && starts[i+1] == n { // empty portions
		i++
	}
	return i
}
