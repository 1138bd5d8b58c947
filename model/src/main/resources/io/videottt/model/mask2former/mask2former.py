# Pixel decoder and transformer decoder of Mask2Former (Cheng et al., 2022).
# See PixelDecoder.java and MaskDecoder.java.

# Sine embedding of the positions of a map, [1, height * width, channels], rows first.
def sine_positions(self, like: Tensor, height: int, width: int, channels: int) -> Tensor:
  half = channels // 2
  rows = torch.arange(1, height + 1, dtype=like.dtype, device=like.device) / (height + 1e-06) * 6.283185307179586
  columns = torch.arange(1, width + 1, dtype=like.dtype, device=like.device) / (width + 1e-06) * 6.283185307179586
  steps = torch.arange(half, dtype=like.dtype, device=like.device)
  wavelengths = torch.pow(10000., torch.floor(steps / 2) * 2 / half)
  row_angles = torch.unsqueeze(rows, 1) / wavelengths
  column_angles = torch.unsqueeze(columns, 1) / wavelengths
  row_waves = torch.flatten(torch.stack([torch.sin(row_angles[:, 0::2]), torch.cos(row_angles[:, 1::2])], 2), 1)
  column_waves = torch.flatten(torch.stack([torch.sin(column_angles[:, 0::2]), torch.cos(column_angles[:, 1::2])], 2), 1)
  row_waves = torch.unsqueeze(row_waves, 1).expand([height, width, half])
  column_waves = torch.unsqueeze(column_waves, 0).expand([height, width, half])
  return torch.reshape(torch.cat([row_waves, column_waves], 2), [1, height * width, channels])

# The centres of all positions of all maps as grid_sample coordinates, [1, positions, 2].
def reference_points(self, like: Tensor, heights: List[int], widths: List[int]) -> Tensor:
  points = annotate(List[Tensor], [])
  for level in range(len(heights)):
    height = heights[level]
    width = widths[level]
    rows = (torch.arange(height, dtype=like.dtype, device=like.device) * 2 + 1) / height - 1
    columns = (torch.arange(width, dtype=like.dtype, device=like.device) * 2 + 1) / width - 1
    y = torch.reshape(torch.unsqueeze(rows, 1).expand([height, width]), [-1])
    x = torch.reshape(torch.unsqueeze(columns, 0).expand([height, width]), [-1])
    points.append(torch.stack([x, y], 1))
  return torch.unsqueeze(torch.cat(points, 0), 0)

# One position's extent as grid_sample coordinates, [levels, 1, 1, 1, 2].
def offset_scales(self, like: Tensor, heights: List[int], widths: List[int]) -> Tensor:
  scales = annotate(List[Tensor], [])
  for level in range(len(heights)):
    x = torch.full([1], 2. / widths[level], dtype=like.dtype, device=like.device)
    y = torch.full([1], 2. / heights[level], dtype=like.dtype, device=like.device)
    scales.append(torch.cat([x, y], 0))
  return torch.reshape(torch.stack(scales, 0), [len(heights), 1, 1, 1, 2])

# 1 x 1 convolution as a product over the channels: no copy for maps that are stored channels last.
def convolve_points(self, input: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  projected = self.dense(torch.permute(input, [0, 2, 3, 1]), torch.flatten(weight, 1), bias)
  return torch.permute(projected, [0, 3, 1, 2])

# 1 x 1 convolution and group normalisation; [B, c, h, w] -> [B, C, h, w]
def project(self, input: Tensor, weight: Tensor, bias: Tensor, norm_weight: Tensor, norm_bias: Tensor) -> Tensor:
  projected = self.convolve_points(input, weight, bias)
  return torch.group_norm(projected, 32, norm_weight, norm_bias, 1e-05, True)

# The maps as one sequence, [B, positions, C].
def flatten(self, maps: List[Tensor]) -> Tensor:
  parts = annotate(List[Tensor], [])
  for map in maps:
    parts.append(torch.transpose(torch.flatten(map, 2), 1, 2))
  return torch.cat(parts, 1)

# Sine positions plus the levels' embeddings, [1, positions, C].
def level_positions(self, positions: List[Tensor], embedding: Tensor) -> Tensor:
  parts = annotate(List[Tensor], [])
  for level in range(len(positions)):
    parts.append(positions[level] + torch.select(embedding, 0, level))
  return torch.cat(parts, 1)

# One layer of multi-scale deformable attention over the sequence [B, S, C] of all maps.
# weights: offsets, attention, value, output, norm, feed-forward 1, feed-forward 2, norm.
def deformable_layer(self, input: Tensor, positions: Tensor, references: Tensor, scales: Tensor, heights: List[int], widths: List[int], weights: List[Tensor], heads: int, points: int) -> Tensor:
  batch, length, channels = torch.size(input)
  levels = len(heights)
  depth = channels // heads
  query = input + positions
  offsets = self.dense(query, weights[0], weights[1])
  offsets = torch.permute(torch.reshape(offsets, [batch, length, heads, levels, points, 2]), [3, 0, 2, 4, 1, 5])
  offsets = torch.reshape(offsets, [levels, batch * heads, points, length, 2])
  grids = offsets * scales + references
  attention = torch.reshape(self.dense(query, weights[2], weights[3]), [batch, length, heads, levels * points])
  attention = torch.permute(torch.softmax(attention, -1), [0, 2, 3, 1])
  attention = torch.reshape(attention, [batch * heads, 1, levels, points, length])
  value = torch.reshape(self.dense(input, weights[4], weights[5]), [batch, length, heads, depth])
  value = torch.reshape(torch.permute(value, [0, 2, 3, 1]), [batch * heads, depth, length])

  sums = annotate(List[Tensor], [])
  start = 0
  for level in range(levels):
    size = heights[level] * widths[level]
    map = torch.reshape(torch.slice(value, 2, start, start + size, 1), [batch * heads, depth, heights[level], widths[level]])
    sampled = torch.grid_sampler(map, torch.select(grids, 0, level), 0, 0, False)
    sums.append(torch.sum(sampled * torch.select(attention, 2, level), [2]))
    start = start + size
  output = sums[0]
  for level in range(1, levels):
    output = output + sums[level]
  output = torch.transpose(torch.reshape(output, [batch, channels, length]), 1, 2)
  output = self.dense(output, weights[6], weights[7])
  middle = torch.layer_norm(input + output, [channels], weights[8], weights[9], 1e-05, True)
  hidden = self.dense_relu(middle, weights[10], weights[11])
  output = middle + self.dense(hidden, weights[12], weights[13])
  return torch.layer_norm(output, [channels], weights[14], weights[15], 1e-05, True)

# Splits the sequence into its maps, [B, positions of the map, C] each.
def split(self, sequence: Tensor, sizes: List[int]) -> List[Tensor]:
  return torch.split_with_sizes(sequence, sizes, 1)

# The finest map: lateral projection of res2 plus the enlarged res3, then a 3 x 3 convolution.
# weights: lateral, norm, convolution, norm.
def finest(self, res2: Tensor, coarse: Tensor, coarse_height: int, coarse_width: int, weights: List[Tensor]) -> Tensor:
  lateral = self.convolve_points(res2, weights[0], None)
  lateral = torch.group_norm(lateral, 32, weights[1], weights[2], 1e-05, True)
  batch, length, channels = torch.size(coarse)
  map = torch.permute(torch.reshape(coarse, [batch, coarse_height, coarse_width, channels]), [0, 3, 1, 2])
  enlarged = torch.upsample_bilinear2d(map, [torch.size(res2, 2), torch.size(res2, 3)], False, None, None)
  fused = torch.conv2d(self.narrow(lateral + enlarged), self.narrow(weights[3]), None, [1, 1], [1, 1], [1, 1], 1)
  return torch.relu(torch.group_norm(self.wide(fused), 32, weights[4], weights[5], 1e-05, True))

# What the decoder attends to on one level: the map with its level's embedding, and with positions.
def memory(self, map: Tensor, embedding: Tensor, level: int, positions: Tensor) -> List[Tensor]:
  values = map + torch.select(embedding, 0, level)
  return [values + positions, values]

# The queries' mask embeddings through the mask projection of the pixel decoder: masks are then
# products with the finest map itself. Returns [B, Q, C] and the constant part [B, Q, 1].
# weights: norm, three layers; projection of the pixel decoder.
def mask_embedding(self, queries: Tensor, weights: List[Tensor]) -> List[Tensor]:
  channels = torch.size(queries, 2)
  embedding = torch.layer_norm(queries, [channels], weights[0], weights[1], 1e-05, True)
  embedding = self.dense_relu(embedding, weights[2], weights[3])
  embedding = self.dense_relu(embedding, weights[4], weights[5])
  embedding = self.dense(embedding, weights[6], weights[7])
  projection = torch.flatten(weights[8], 1)
  return [torch.matmul(embedding, projection), torch.matmul(embedding, torch.unsqueeze(weights[9], 1))]

# [B, Q, C], [B, Q, 1], [B, C, h, w] -> [B, Q, h, w]
def masks(self, embedding: Tensor, constant: Tensor, map: Tensor) -> Tensor:
  logits = torch.baddbmm(self.narrow(constant), self.narrow(embedding), self.narrow(torch.flatten(map, 2)), beta=1, alpha=1)
  return torch.reshape(self.wide(logits), [torch.size(map, 0), torch.size(embedding, 1), torch.size(map, 2), torch.size(map, 3)])

# Where the queries may not look: minus infinity outside of their masks, zero inside and for a
# query with an empty mask; [B, 1, Q, positions].
def attention_mask(self, embedding: Tensor, constant: Tensor, map: Tensor) -> Tensor:
  logits = torch.baddbmm(self.narrow(torch.detach(constant)), self.narrow(torch.detach(embedding)), self.narrow(torch.flatten(map, 2)), beta=1, alpha=1)
  outside = torch.lt(logits, 0)
  outside = torch.logical_and(outside, torch.logical_not(torch.all(outside, 2, True)))
  return torch.unsqueeze(torch.masked_fill(torch.zeros_like(logits), outside, -inf), 1)

# Multi-head attention of what dense_narrow made; [B, Q, C], [B, K, C], [B, K, C] -> [B, Q, C]
def multi_head(self, query: Tensor, key: Tensor, value: Tensor, mask: List[Tensor], heads: int) -> Tensor:
  batch, queries, channels = torch.size(query)
  depth = channels // heads
  query = torch.transpose(torch.reshape(query, [batch, queries, heads, depth]), 1, 2)
  key = torch.transpose(torch.reshape(key, [batch, -1, heads, depth]), 1, 2)
  value = torch.transpose(torch.reshape(value, [batch, -1, heads, depth]), 1, 2)
  if len(mask) > 0:
    attended = torch.scaled_dot_product_attention(query, key, value, self.narrow(mask[0]), 0., False)
  else:
    attended = torch.scaled_dot_product_attention(query, key, value, None, 0., False)
  return torch.reshape(torch.transpose(attended, 1, 2), [batch, queries, channels])

# The learnt queries for a batch, [B, Q, C].
def expand(self, queries: Tensor, batch: int) -> Tensor:
  return torch.unsqueeze(queries, 0).expand([batch, torch.size(queries, 0), torch.size(queries, 1)])

# One layer of the masked-attention decoder.
# weights: cross-attention input (query, key, value in one), output, norm;
# self-attention query, key, value, output, norm; feed-forward 1, 2, norm.
def decoder_layer(self, queries: Tensor, query_positions: Tensor, keys: Tensor, values: Tensor, mask: Tensor, weights: List[Tensor], heads: int, pre_norm: bool) -> Tensor:
  shape = [torch.size(queries, 2)]
  input_weights = torch.chunk(weights[0], 3, 0)
  input_biases = torch.chunk(weights[1], 3, 0)
  input = queries
  if pre_norm:
    input = torch.layer_norm(queries, shape, weights[4], weights[5], 1e-05, True)
  query = self.dense_narrow(input + query_positions, input_weights[0], input_biases[0])
  key = self.dense_narrow(keys, input_weights[1], input_biases[1])
  value = self.dense_narrow(values, input_weights[2], input_biases[2])
  attended = self.multi_head(query, key, value, [mask], heads)
  queries = queries + self.dense(attended, weights[2], weights[3])
  if pre_norm:
    input = torch.layer_norm(queries, shape, weights[14], weights[15], 1e-05, True)
  else:
    queries = torch.layer_norm(queries, shape, weights[4], weights[5], 1e-05, True)
    input = queries
  placed = input + query_positions
  query = self.dense_narrow(placed, weights[6], weights[7])
  key = self.dense_narrow(placed, weights[8], weights[9])
  value = self.dense_narrow(input, weights[10], weights[11])
  attended = self.multi_head(query, key, value, annotate(List[Tensor], []), heads)
  queries = queries + self.dense(attended, weights[12], weights[13])
  if pre_norm:
    input = torch.layer_norm(queries, shape, weights[20], weights[21], 1e-05, True)
  else:
    queries = torch.layer_norm(queries, shape, weights[14], weights[15], 1e-05, True)
    input = queries
  hidden = self.dense_relu(input, weights[16], weights[17])
  queries = queries + self.dense(hidden, weights[18], weights[19])
  if not pre_norm:
    queries = torch.layer_norm(queries, shape, weights[20], weights[21], 1e-05, True)
  return queries

# Class logits of the queries, [B, Q, K + 1]. norm: the decoder's.
def classes(self, queries: Tensor, norm_weight: Tensor, norm_bias: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  normalised = torch.layer_norm(queries, [torch.size(queries, 2)], norm_weight, norm_bias, 1e-05, True)
  return self.dense(normalised, weight, bias)

# Class probabilities weighted by mask probabilities, [B, K, height, width]; masks are enlarged a
# few queries at a time, since all of them at full size would fill the memory.
def semantic_scores(self, class_logits: Tensor, mask_logits: Tensor, factor: int, height: int, width: int) -> Tensor:
  batch, queries, rows, columns = torch.size(mask_logits)
  classes = torch.size(class_logits, 2) - 1
  probabilities = torch.slice(torch.softmax(class_logits, -1), 2, 0, classes, 1)
  probabilities = torch.transpose(probabilities, 1, 2)
  sizes = [rows * factor, columns * factor]
  scores = torch.zeros([batch, classes, sizes[0] * sizes[1]], dtype=mask_logits.dtype, device=mask_logits.device)
  start = 0
  while start < queries:
    end = min(start + 16, queries)
    part = torch.upsample_bilinear2d(torch.slice(mask_logits, 1, start, end, 1), sizes, False, None, None)
    part = torch.flatten(torch.sigmoid(part), 2)
    scores = torch.baddbmm(scores, torch.slice(probabilities, 2, start, end, 1), part, beta=1, alpha=1)
    start = end
  scores = torch.reshape(scores, [batch, classes, sizes[0], sizes[1]])
  return torch.slice(torch.slice(scores, 2, 0, height, 1), 3, 0, width, 1)

# Semantic scores at the masks' own resolution, divided by their sum over the classes, as logarithms;
# a small constant keeps them finite. [B, K, H/4, W/4]
def log_distribution(self, class_logits: Tensor, mask_logits: Tensor) -> Tensor:
  batch, queries, rows, columns = torch.size(mask_logits)
  classes = torch.size(class_logits, 2) - 1
  probabilities = torch.slice(torch.softmax(class_logits, -1), 2, 0, classes, 1)
  scores = torch.bmm(torch.transpose(probabilities, 1, 2), torch.flatten(torch.sigmoid(mask_logits), 2))
  scores = scores + 1e-06
  distribution = torch.log(scores) - torch.log(torch.sum(scores, [1], True))
  return torch.reshape(distribution, [batch, classes, rows, columns])

# Reads the masks (colour, row in the patch, column in the patch) as pixels, [B, 3, height, width].
def pixels(self, masks: Tensor, factor: int, height: int, width: int) -> Tensor:
  image = torch.pixel_shuffle(masks, factor)
  return torch.slice(torch.slice(image, 2, 0, height, 1), 3, 0, width, 1)
