# Functions that the Java interface of the engine lacks. See TensorFunctions.java.

def resize_bilinear(self, input: Tensor, height: int, width: int) -> Tensor:
  return torch.upsample_bilinear2d(input, [height, width], False, None, None)

def grid_sample(self, input: Tensor, grid: Tensor) -> Tensor:
  return torch.grid_sampler(input, grid, 0, 0, False)

def group_norm(self, input: Tensor, groups: int, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.group_norm(input, groups, weight, bias, 1e-05, True)

def layer_norm(self, input: Tensor, weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
  return torch.layer_norm(input, [int(torch.size(weight, 0))], weight, bias, epsilon, True)

# Mean and mean square of each channel behind the normalisation over the last dimension, [2, C].
def norm_moments(self, input: Tensor, epsilon: float) -> Tensor:
  channels = torch.size(input, input.dim() - 1)
  normalised = torch.reshape(torch.layer_norm(input, [channels], None, None, epsilon, True), [-1, channels])
  return torch.stack([torch.mean(normalised, [0]), torch.mean(normalised * normalised, [0])], 0)

# The same over the first rows and columns of a map [B, H, W, C] only.
def norm_moments_within(self, input: Tensor, epsilon: float, rows: int, columns: int) -> Tensor:
  return self.norm_moments(torch.contiguous(self.cut(input, 1, rows, 2, columns)), epsilon)

# The first so many entries of two dimensions.
def cut(self, input: Tensor, first: int, first_length: int, second: int, second_length: int) -> Tensor:
  return torch.slice(torch.slice(input, first, 0, first_length, 1), second, 0, second_length, 1)

# [B, 4, H, W] -> [B, 4, H + bottom, W + right]: zeros in the colours, a value in the fourth channel.
def pad_input(self, images: Tensor, bottom: int, right: int, visibility: float) -> Tensor:
  colours = torch.constant_pad_nd(torch.slice(images, 1, 0, 3, 1), [0, right, 0, bottom], 0.)
  visible = torch.constant_pad_nd(torch.slice(images, 1, 3, 4, 1), [0, right, 0, bottom], visibility)
  return torch.cat([colours, visible], 1)

# [B, C, H, W] -> the same with mean 0 and variance 1 of every image and channel, but for epsilon.
def standardise_images(self, images: Tensor, epsilon: float) -> Tensor:
  centred = images - torch.mean(images, [2, 3], True)
  variance = torch.mean(centred * centred, [2, 3], True)
  return centred / torch.sqrt(variance + epsilon)

# Of every square of so many pixels a side the mean of every channel, at each of its pixels; squares
# at the right and at the bottom end where the image ends.
def patch_means(self, images: Tensor, side: int) -> Tensor:
  means = torch.avg_pool2d(images, [side, side], [side, side], [0, 0], True, False, None)
  rows = torch.repeat_interleave(means, side, 2, output_size=None)
  pixels = torch.repeat_interleave(rows, side, 3, output_size=None)
  return self.cut(pixels, 2, torch.size(images, 2), 3, torch.size(images, 3))

# The same as standardise_images of every square and channel.
def standardise_patches(self, images: Tensor, side: int, epsilon: float) -> Tensor:
  centred = images - self.patch_means(images, side)
  variance = self.patch_means(centred * centred, side)
  return centred / torch.sqrt(variance + epsilon)

def roll(self, input: Tensor, shifts: List[int], dimensions: List[int]) -> Tensor:
  return torch.roll(input, shifts, dimensions)

def linear(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return self.dense(input, weight, bias)

def conv2d(self, input: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> Tensor:
  return self.wide(torch.conv2d(self.narrow(input), self.narrow(weight), self.narrow(bias), [stride, stride], [padding, padding], [1, 1], 1))

def conv2d_without_bias(self, input: Tensor, weight: Tensor, stride: int, padding: int) -> Tensor:
  return self.wide(torch.conv2d(self.narrow(input), self.narrow(weight), None, [stride, stride], [padding, padding], [1, 1], 1))

def pixel_shuffle(self, input: Tensor, factor: int) -> Tensor:
  return torch.pixel_shuffle(input, factor)

def scale(self, input: Tensor, factor: float) -> Tensor:
  return torch.mul(input, factor)

def attention(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
  return self.wide(torch.scaled_dot_product_attention(self.narrow(query), self.narrow(key), self.narrow(value), None, 0., False))

def cross_entropy(self, logits: Tensor, targets: Tensor, class_weights: Tensor, ignored: int) -> Tensor:
  return torch.cross_entropy_loss(logits, targets, class_weights, 1, ignored, 0.)

def log_softmax(self, logits: Tensor) -> Tensor:
  return torch.log_softmax(logits, 1)

# [B, K, H, W] logarithms of probabilities -> scalar
def mean_entropy(self, input: Tensor) -> Tensor:
  return torch.neg(torch.mean(torch.sum(torch.exp(input) * input, [1])))

# [B, K, H, W] logarithms of probabilities -> int64 [B, H, W]
def confident_labels(self, input: Tensor, threshold: float, ignored: int) -> Tensor:
  highest, labels = torch.max(input, 1)
  return torch.where(torch.gt(torch.exp(highest), threshold), labels, torch.full_like(labels, ignored))

def count_labels(self, labels: Tensor, ignored: int) -> Tensor:
  return torch.sum(torch.ne(labels, ignored))

def likelihood_loss_sum(self, input: Tensor, targets: Tensor, ignored: int) -> Tensor:
  return torch.nll_loss_nd(input, targets, None, 2, ignored)

def binary_cross_entropy(self, logits: Tensor, targets: Tensor) -> Tensor:
  return torch.binary_cross_entropy_with_logits(logits, targets, None, None, 0)

def mean_squared_error(self, input: Tensor, target: Tensor) -> Tensor:
  return torch.mse_loss(input, target, 1)

def copy_all(self, targets: List[Tensor], sources: List[Tensor]) -> Tensor:
  torch._foreach_copy_(targets, sources)
  return targets[0]

def zero_all(self, targets: List[Tensor]) -> Tensor:
  torch._foreach_zero_(targets)
  return targets[0]

def global_norm(self, tensors: List[Tensor]) -> Tensor:
  return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(tensors, 2), 0), 2)

def all_finite(self, tensors: List[Tensor]) -> Tensor:
  norms = torch.stack(torch._foreach_norm(tensors, 1), 0)
  return torch.all(torch.isfinite(norms))

# Adds value / divisor to a float64 sum [1] in place.
def add_to(self, total: Tensor, value: Tensor, divisor: float) -> Tensor:
  return torch.add_(total, torch.detach(value).to(7) / divisor)

# What a step needs to know of its gradients and of the sum of its losses, float64 [4]: the loss, the
# gradients' norm without the scale, what gradients are to be divided by, and 1 where the loss or the
# norm is not finite and nothing may change, else 0.
def step_numbers(self, gradients: List[Tensor], loss: Tensor, scale: float, clip: float) -> Tensor:
  norm = torch.reshape(self.global_norm(gradients).to(7), [1]) / scale
  if clip > 0.:
    divisor = torch.clamp((norm + 1e-06) / clip, 1.) * scale
  else:
    divisor = torch.full_like(norm, scale)
  finite = torch.logical_and(torch.isfinite(norm), torch.isfinite(loss))
  return torch.cat([loss, norm, divisor, torch.logical_not(finite).to(7)], 0)

# numbers: of step_numbers.
def adamw(self, parameters: List[Tensor], gradients: List[Tensor], first_moments: List[Tensor], second_moments: List[Tensor], steps: List[Tensor], learning_rate: float, weight_decay: float, beta1: float, beta2: float, epsilon: float, numbers: Tensor) -> Tensor:
  empty = annotate(List[Tensor], [])
  single = numbers.to(6)
  held = torch.select(single, 0, 3)
  torch._foreach_add_(steps, torch.ones_like(held) - held)
  torch._fused_adamw_(parameters, gradients, first_moments, second_moments, empty, steps, lr=learning_rate, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=epsilon, amsgrad=False, maximize=False, grad_scale=torch.select(single, 0, 2), found_inf=held)
  return held

# numbers: of step_numbers. What is held keeps its values: products with zero would not keep them from
# what is no number.
def sgd(self, parameters: List[Tensor], gradients: List[Tensor], velocities: List[Tensor], learning_rate: float, weight_decay: float, momentum: float, numbers: Tensor) -> Tensor:
  single = numbers.to(6)
  held = torch.gt(torch.select(single, 0, 3), 0)
  directions = torch._foreach_div(gradients, torch.select(single, 0, 2))
  if weight_decay != 0.:
    torch._foreach_add_(directions, parameters, alpha=weight_decay)
  if momentum != 0.:
    moved = torch._foreach_mul(velocities, momentum)
    torch._foreach_add_(moved, directions)
    for i in range(len(velocities)):
      torch.copy_(velocities[i], torch.where(held, velocities[i], moved[i]))
    directions = moved
  for i in range(len(parameters)):
    updated = torch.add(parameters[i], directions[i], alpha=-learning_rate)
    torch.copy_(parameters[i], torch.where(held, parameters[i], updated))
  return held

# Numbers made on the device of a tensor, without a copy from the host.
def constants(self, like: Tensor, values: List[float]) -> Tensor:
  filled = annotate(List[Tensor], [])
  for value in values:
    filled.append(torch.full([1], value, dtype=6, device=like.device))
  return torch.cat(filled, 0)

# uint8 [B, H, W, 3] -> float32 [B, 3, H, W], each channel minus its mean, over its deviation.
def normalise_images(self, images: Tensor, mean: List[float], deviation: List[float]) -> Tensor:
  centres = self.constants(images, mean)
  widths = self.constants(images, deviation)
  normalised = (images.to(6) - centres) / widths
  return torch.contiguous(torch.permute(normalised, [0, 3, 1, 2]))

# A window of images [B, H, W, C], mirrored left to right if wanted.
def cut_image(self, images: Tensor, top: int, left: int, height: int, width: int, mirrored: bool) -> Tensor:
  window = torch.slice(torch.slice(images, 1, top, top + height, 1), 2, left, left + width, 1)
  if mirrored:
    window = torch.flip(window, [2])
  return window

# Patches [B, 1, rows, columns] as pixels [B, 1, height, width], float32; the last ones are cut.
def expand_patches(self, patches: Tensor, side: int, height: int, width: int) -> Tensor:
  rows = torch.repeat_interleave(patches.to(6), side, 2, output_size=None)
  pixels = torch.repeat_interleave(rows, side, 3, output_size=None)
  return torch.contiguous(self.cut(pixels, 2, height, 3, width))

# The mean of squared errors [B, 3, H, W] over the pixels that are not visible, 0 if all are.
def masked_error(self, difference: Tensor, visible: Tensor) -> Tensor:
  dropped = torch.ones_like(visible) - visible
  error = difference * dropped
  values = torch.sum(dropped).to(7) * 3
  share = torch.where(torch.gt(values, 0), torch.reciprocal(values), torch.zeros_like(values)).to(6)
  return torch.sum(error * error) * share

# The class of the highest score of every pixel behind a bilinear resize, the first one of equals,
# uint8 [height, width]; 255 throughout where a score is not finite. scores [1, K, h, w]; for every
# target row and column the two of the scores around it and the second's share.
def label_map(self, scores: Tensor, upper_rows: Tensor, lower_rows: Tensor, row_shares: Tensor, left_columns: Tensor, right_columns: Tensor, column_shares: Tensor) -> Tensor:
  finite = torch.all(torch.isfinite(scores))
  down = torch.unsqueeze(row_shares, 1)
  best = torch.zeros([torch.size(upper_rows, 0), torch.size(left_columns, 0)], dtype=6, device=scores.device)
  labels = torch.zeros_like(best).to(0)
  for k in range(torch.size(scores, 1)):
    plane = torch.select(torch.select(scores, 0, 0), 0, k)
    upper = torch.index_select(plane, 0, upper_rows)
    rows = upper + down * (torch.index_select(plane, 0, lower_rows) - upper)
    left = torch.index_select(rows, 1, left_columns)
    score = left + column_shares * (torch.index_select(rows, 1, right_columns) - left)
    if k == 0:
      best = score
    else:
      higher = torch.gt(score, best)
      labels = torch.masked_fill(labels, higher, k)
      best = torch.where(higher, score, best)
  return torch.where(finite, labels, torch.full_like(labels, 255))
