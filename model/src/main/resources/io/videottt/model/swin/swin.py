# Swin Transformer (Liu et al., 2021) on maps [B, H, W, C]. See Swin.java.

# images [B, 4, h, w] -> [B, H, W, C], before the norm; padded with zeros to whole patches
def patches(self, images: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  patch = torch.size(weight, 2)
  bottom = (patch - torch.size(images, 2) % patch) % patch
  right = (patch - torch.size(images, 3) % patch) % patch
  if bottom + right > 0:
    images = torch.constant_pad_nd(images, [0, right, 0, bottom], 0.)
  patches = torch.conv2d(self.narrow(images), self.narrow(weight), self.narrow(bias), [patch, patch], [0, 0], [1, 1], 1)
  return self.wide(torch.contiguous(torch.permute(patches, [0, 2, 3, 1])))

def embed(self, images: Tensor, weight: Tensor, bias: Tensor, norm_weight: Tensor, norm_bias: Tensor) -> Tensor:
  tokens = self.patches(images, weight, bias)
  return torch.layer_norm(tokens, [torch.size(weight, 0)], norm_weight, norm_bias, 1e-05, True)

# Index into the table of relative positions for every pair of a window's positions, [window ** 4].
def relative_index(self, like: Tensor, window: int) -> Tensor:
  steps = torch.arange(window, dtype=4, device=like.device)
  rows = torch.reshape(torch.unsqueeze(steps, 1).expand([window, window]), [-1])
  columns = torch.reshape(torch.unsqueeze(steps, 0).expand([window, window]), [-1])
  row_offsets = torch.unsqueeze(rows, 1) - torch.unsqueeze(rows, 0) + (window - 1)
  column_offsets = torch.unsqueeze(columns, 1) - torch.unsqueeze(columns, 0) + (window - 1)
  return torch.reshape(row_offsets * (2 * window - 1) + column_offsets, [-1])

# -100 where a shifted window joins positions that are no neighbours, else 0; [windows, n, n].
def shift_mask(self, like: Tensor, height: int, width: int, window: int, shift: int) -> Tensor:
  rows = torch.arange(height, dtype=4, device=like.device)
  columns = torch.arange(width, dtype=4, device=like.device)
  row_regions = torch.ge(rows, height - window).to(4) + torch.ge(rows, height - shift).to(4)
  column_regions = torch.ge(columns, width - window).to(4) + torch.ge(columns, width - shift).to(4)
  regions = torch.unsqueeze(row_regions, 1) * 3 + torch.unsqueeze(column_regions, 0)
  regions = torch.reshape(regions, [height // window, window, width // window, window])
  regions = torch.reshape(torch.permute(regions, [0, 2, 1, 3]), [-1, window * window])
  differ = torch.ne(torch.unsqueeze(regions, 1), torch.unsqueeze(regions, 2))
  return differ.to(like.dtype) * -100.

# Pads at the end of a dimension with the filling [C] and shifts cyclically towards the start.
def pad_and_shift(self, map: Tensor, dimension: int, padding: int, shift: int, filling: Tensor) -> Tensor:
  result = map
  if padding + shift > 0:
    length = torch.size(map, dimension)
    sizes = torch.size(map)
    sizes[dimension] = padding
    filled = filling.expand(sizes)
    # A shift beyond a small map's end goes on into the padding.
    rows = min(shift, length)
    beyond = shift - rows
    parts = [torch.slice(map, dimension, rows, length, 1), torch.slice(filled, dimension, beyond, padding, 1), torch.slice(map, dimension, 0, rows, 1), torch.slice(filled, dimension, 0, beyond, 1)]
    result = torch.cat(parts, dimension)
  return result

# The inverse: shifts back and drops what is beyond the length.
def shift_and_crop(self, map: Tensor, dimension: int, length: int, shift: int) -> Tensor:
  result = torch.slice(map, dimension, 0, length, 1)
  if shift > 0:
    start = torch.size(map, dimension) - shift
    rows = min(shift, length)
    tail = torch.slice(map, dimension, start, start + rows, 1)
    result = torch.cat([tail, torch.slice(map, dimension, 0, length - rows, 1)], dimension)
  return result

# The first half of a block; arguments as for block.
def attend(self, input: Tensor, weights: List[Tensor], biases: List[Tensor], relative_index: Tensor, mask: List[Tensor], branch_factors: List[Tensor], heads: int, window: int, shift: int, epsilon: float) -> Tensor:
  batch, height, width, channels = torch.size(input)
  depth = channels // heads
  positions = window * window
  bottom = (window - height % window) % window
  right = (window - width % window) % window
  rows = (height + bottom) // window
  columns = (width + right) // window
  windows = rows * columns

  # A padded position has the value zero behind the norm, so its projections are the biases:
  # project before padding and save the work on it.
  normalised = torch.layer_norm(input, [channels], weights[0], weights[1], epsilon, True)
  weight = torch.cat([weights[3], weights[4], weights[5]], 0)
  if len(biases) > 0:
    bias = torch.cat(biases, 0)
  else:
    bias = torch.zeros_like(torch.select(weight, 1, 0))
  projected = self.dense_narrow(normalised, weight, bias)
  bias = self.narrow(bias)
  projected = self.pad_and_shift(projected, 1, bottom, shift, bias)
  projected = self.pad_and_shift(projected, 2, right, shift, bias)
  projected = torch.reshape(projected, [batch, rows, window, columns, window, 3, heads, depth])
  projected = torch.permute(projected, [5, 0, 1, 3, 6, 2, 4, 7])
  projected = torch.reshape(projected, [3, batch * windows * heads, positions, depth])
  query, key, value = torch.unbind(projected, 0)

  offsets = torch.reshape(torch.index_select(weights[2], 0, relative_index), [positions, positions, heads])
  offsets = torch.permute(offsets, [2, 0, 1])
  if len(mask) > 0:
    offsets = torch.unsqueeze(offsets, 0) + torch.unsqueeze(mask[0], 1)
    offsets = torch.unsqueeze(offsets, 0).expand([batch, windows, heads, positions, positions])
  else:
    offsets = torch.unsqueeze(offsets, 0).expand([batch * windows, heads, positions, positions])
  offsets = torch.reshape(offsets, [batch * windows * heads, positions, positions])
  scores = torch.baddbmm(self.narrow(offsets), query, torch.transpose(key, 1, 2), beta=1, alpha=depth ** -0.5)
  attended = torch.bmm(self.narrow(torch.softmax(self.wide(scores), -1)), value)

  attended = torch.reshape(attended, [batch, rows, columns, heads, window, window, depth])
  attended = torch.permute(attended, [0, 1, 4, 2, 5, 3, 6])
  attended = torch.reshape(attended, [batch, height + bottom, width + right, channels])
  attended = self.shift_and_crop(attended, 1, height, shift)
  attended = self.shift_and_crop(attended, 2, width, shift)
  branch = self.dense(attended, weights[6], weights[7])
  if len(branch_factors) > 0:
    branch = branch * branch_factors[0]
  return input + branch

# The second half of a block.
def feed_forward(self, middle: Tensor, weights: List[Tensor], branch_factors: List[Tensor], epsilon: float) -> Tensor:
  channels = torch.size(middle, 3)
  normalised = torch.layer_norm(middle, [channels], weights[8], weights[9], epsilon, True)
  hidden = self.dense_gelu(normalised, weights[10], weights[11])
  branch = self.dense(hidden, weights[12], weights[13])
  if len(branch_factors) > 0:
    branch = branch * branch_factors[1]
  return middle + branch

# One block; weights: norm, table, query, key, value, output, norm, feed-forward 1, feed-forward 2.
# biases: of query, key, value, or none. mask: the shift mask, or none. branch_factors: of the two
# residual branches [B, 1, 1, 1], or none.
def block(self, input: Tensor, weights: List[Tensor], biases: List[Tensor], relative_index: Tensor, mask: List[Tensor], branch_factors: List[Tensor], heads: int, window: int, shift: int, epsilon: float) -> Tensor:
  middle = self.attend(input, weights, biases, relative_index, mask, branch_factors, heads, window, shift, epsilon)
  return self.feed_forward(middle, weights, branch_factors, epsilon)

# Neighbours side by side: [B, H, W, C] -> [B, ceil(H / 2), ceil(W / 2), 4 C]
def join(self, input: Tensor) -> Tensor:
  bottom = torch.size(input, 1) % 2
  right = torch.size(input, 2) % 2
  if bottom + right > 0:
    input = torch.constant_pad_nd(input, [0, 0, 0, right, 0, bottom], 0.)
  parts = [input[:, 0::2, 0::2], input[:, 1::2, 0::2], input[:, 0::2, 1::2], input[:, 1::2, 1::2]]
  return torch.cat(parts, -1)

# [B, H, W, C] -> [B, ceil(H / 2), ceil(W / 2), 2 C]
def merge(self, input: Tensor, norm_weight: Tensor, norm_bias: Tensor, reduction: Tensor) -> Tensor:
  merged = self.join(input)
  normalised = torch.layer_norm(merged, [torch.size(merged, 3)], norm_weight, norm_bias, 1e-05, True)
  return self.dense(normalised, reduction, None)

# Normalises and views the map as [B, C, H, W].
def output(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  normalised = torch.layer_norm(input, [torch.size(input, 3)], weight, bias, 1e-05, True)
  return torch.permute(normalised, [0, 3, 1, 2])
