package surface

// reduce resamples a grid [rows,columns] to a coarser one, [toRows,toColumns], whose
// corners are the same: each point is the mean of those around it, weighted by a tent
// as wide as two new cells and cut at the border. An axis that is to keep its points is
// left as it is. It returns the result and a spare slice, in the memory of the arguments.
func reduce(x, spare []float32, rows, columns, toRows, toColumns int) (result, unused []float32) {
	if toColumns < columns {
		spare = resized(spare, rows*toColumns)
		for i := range rows {
			reduceLine(spare[i*toColumns:], x[i*columns:], 1, 1, columns, toColumns)
		}
		x, spare, columns = spare, x, toColumns
	}
	if toRows < rows {
		spare = resized(spare, toRows*columns)
		for j := range columns {
			reduceLine(spare[j:], x[j:], columns, columns, rows, toRows)
		}
		x, spare = spare, x
	}
	return x[:toRows*toColumns], spare
}

// reduceLine resamples n numbers, stride apart, to m < n of them.
func reduceLine(to, from []float32, toStride, stride, n, m int) {
	radius := float64(n-1) / float64(m-1)
	for k := range m {
		centre := float64(k) * radius
		var sum, weights float64
		for i := max(0, int(centre-radius)); i <= min(n-1, int(centre+radius)); i++ {
			distance := (float64(i) - centre) / radius
			if weight := 1 - max(distance, -distance); weight > 0 {
				sum += weight * float64(from[i*stride])
				weights += weight
			}
		}
		to[k*toStride] = float32(sum / weights)
	}
}
