# Mask2Former's inference behind its heads (Cheng et al., 2022). See MaskInference.java.

# Class probabilities of one image's queries: [1, Q, K + 1] -> [Q, K + 1], the last "no object". None
# is a number where a logit is not finite: so much is known without a further copy.
def class_probabilities(self, class_logits: Tensor, mask_logits: Tensor) -> Tensor:
  probabilities = torch.select(torch.softmax(class_logits, -1), 0, 0)
  finite = torch.logical_and(torch.all(torch.isfinite(class_logits)), torch.all(torch.isfinite(mask_logits)))
  return torch.where(finite, probabilities, torch.full_like(probabilities, nan))

# One query's mask logits at the image's size: enlarged to the padded input, cropped to the input,
# resized to the image. One query at a time, since all of them at full size would fill the memory.
def image_mask(self, mask_logits: Tensor, query: int, factor: int, input: List[int], image: List[int]) -> Tensor:
  map = torch.slice(mask_logits, 1, query, query + 1, 1)
  padded = [torch.size(map, 2) * factor, torch.size(map, 3) * factor]
  map = torch.upsample_bilinear2d(map, padded, False, None, None)
  map = torch.slice(torch.slice(map, 2, 0, input[0], 1), 3, 0, input[1], 1)
  if input[0] != image[0] or input[1] != image[1]:
    map = torch.upsample_bilinear2d(map, image, False, None, None)
  return torch.select(torch.select(map, 0, 0), 0, 0)

# Which of the queries is the most probable at every pixel, the first one of equals: [height, width]
# int32, its position k in the list where its mask covers the pixel (probability 0.5 or more), else
# -1 - k. Then the pixels that each mask covers, int64 [n].
def winners(self, class_probabilities: Tensor, mask_logits: Tensor, queries: List[int], factor: int, input: List[int], image: List[int]) -> List[Tensor]:
  best = torch.full(image, -1., dtype=mask_logits.dtype, device=mask_logits.device)
  winner = torch.to(torch.zeros_like(best), 3)
  areas = annotate(List[Tensor], [])
  for k in range(len(queries)):
    score = torch.amax(torch.select(class_probabilities, 0, queries[k]), [0], False)
    probability = torch.sigmoid(self.image_mask(mask_logits, queries[k], factor, input, image))
    covered = torch.ge(probability, 0.5)
    areas.append(torch.sum(covered))
    code = torch.to(covered, 3) * (2 * k + 1) - (k + 1)
    probability = probability * score
    winner = torch.where(torch.gt(probability, best), code, winner)
    best = torch.maximum(probability, best)
  return [winner, torch.stack(areas, 0)]

# The masks of the queries where their logits are positive. First the mean probability inside of each,
# 0 for an empty one, [n]; then how many positions each has, int64 [n]; then these positions, down
# the columns, at which a mask begins or ends, int64. How many there are is asked for a few queries at
# a time, since a device has to be waited for.
def masks(self, mask_logits: Tensor, queries: List[int], factor: int, input: List[int], image: List[int]) -> List[Tensor]:
  scores = annotate(List[Tensor], [])
  counts = annotate(List[Tensor], [])
  borders = annotate(List[Tensor], [])
  first = 0
  while first < len(queries):
    end = min(first + 16, len(queries))
    changes = annotate(List[Tensor], [])
    for i in range(first, end):
      logits = self.image_mask(mask_logits, queries[i], factor, input, image)
      inside = torch.gt(logits, 0)
      weights = torch.to(inside, logits.dtype)
      scores.append(torch.sum(torch.sigmoid(logits) * weights) / (torch.sum(weights) + 1e-06))
      column_wise = torch.flatten(torch.t(inside))
      before = torch.constant_pad_nd(column_wise, [1, 0], 0)
      changes.append(torch.ne(column_wise, torch.slice(before, 0, 0, torch.size(column_wise, 0), 1)))
    stacked = torch.stack(changes, 0)
    counts.append(torch.sum(stacked, [1]))
    borders.append(torch.select(torch.nonzero(stacked), 1, 1))
    first = end
  return [torch.stack(scores, 0), torch.cat(counts, 0), torch.cat(borders, 0)]
