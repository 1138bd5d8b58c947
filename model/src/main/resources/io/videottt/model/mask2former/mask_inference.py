# Mask2Former's inference behind its heads (Cheng et al., 2022). See MaskInference.java.

# Class probabilities of one image's queries: [1, Q, K + 1] -> [Q, K + 1], the last "no object".
def class_probabilities(self, class_logits: Tensor) -> Tensor:
  return torch.select(torch.softmax(class_logits, -1), 0, 0)

# Whether every logit is a finite number.
def all_finite(self, class_logits: Tensor, mask_logits: Tensor) -> Tensor:
  return torch.logical_and(torch.all(torch.isfinite(class_logits)), torch.all(torch.isfinite(mask_logits)))

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
# the columns, at which a mask begins or ends, int64.
def masks(self, mask_logits: Tensor, queries: List[int], factor: int, input: List[int], image: List[int]) -> List[Tensor]:
  scores = annotate(List[Tensor], [])
  counts = annotate(List[int], [])
  borders = annotate(List[Tensor], [])
  for query in queries:
    logits = self.image_mask(mask_logits, query, factor, input, image)
    inside = torch.gt(logits, 0)
    weights = torch.to(inside, logits.dtype)
    scores.append(torch.sum(torch.sigmoid(logits) * weights) / (torch.sum(weights) + 1e-06))
    column_wise = torch.flatten(torch.t(inside))
    before = torch.constant_pad_nd(column_wise, [1, 0], 0)
    before = torch.slice(before, 0, 0, torch.size(column_wise, 0), 1)
    changes = torch.flatten(torch.nonzero(torch.ne(column_wise, before)))
    counts.append(torch.size(changes, 0))
    borders.append(changes)
  return [torch.stack(scores, 0), torch.tensor(counts, dtype=4), torch.cat(borders, 0)]
