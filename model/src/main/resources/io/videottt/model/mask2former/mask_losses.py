# Mask2Former's training loss (Cheng et al., 2022) on sampled points. See Mask2FormerLoss.java.

# What matching every target with every query of an image would cost, [targets, queries].
# class_logits [Q, K + 1], mask_logits [Q, P], labels [T], targets [T, P]
def matching_costs(self, class_logits: Tensor, mask_logits: Tensor, labels: Tensor, targets: Tensor, class_weight: float, mask_weight: float, dice_weight: float) -> Tensor:
  points = torch.size(mask_logits, 1)
  class_costs = torch.neg(torch.index_select(torch.softmax(class_logits, -1), 1, labels))
  inside = torch.matmul(torch.softplus(torch.neg(mask_logits)), torch.t(targets))
  outside = torch.matmul(torch.softplus(mask_logits), torch.t(torch.rsub(targets, 1.)))
  mask_costs = (inside + outside) / points
  masks = torch.sigmoid(mask_logits)
  overlaps = torch.matmul(masks, torch.t(targets)) * 2.
  sizes = torch.unsqueeze(torch.sum(masks, [1]), 1) + torch.unsqueeze(torch.sum(targets, [1]), 0)
  dice_costs = torch.rsub((overlaps + 1.) / (sizes + 1.), 1.)
  costs = class_costs * class_weight + mask_costs * mask_weight + dice_costs * dice_weight
  return torch.contiguous(torch.t(costs))

# The matched masks: maps [B, Q, h, w], indices into B * Q -> [N, 1, h, w]
def select(self, maps: Tensor, indices: Tensor) -> Tensor:
  return torch.unsqueeze(torch.index_select(torch.flatten(maps, 0, 1), 0, indices), 1)

# Indices of each mask's least certain points: logits [N, P] -> [N, count]
def least_certain(self, logits: Tensor, count: int) -> Tensor:
  certainty, indices = torch.topk(torch.abs(logits), count, 1, False, True)
  return indices

# Sum over masks of the binary cross-entropy averaged over points, over the number of masks.
def binary_cross_entropy(self, logits: Tensor, targets: Tensor, masks: float) -> Tensor:
  losses = torch.binary_cross_entropy_with_logits(logits, targets, None, None, 0)
  return torch.sum(torch.mean(losses, [1])) / masks

# Sum over masks of one minus the smoothed dice coefficient, over the number of masks.
def dice(self, logits: Tensor, targets: Tensor, masks: float) -> Tensor:
  inside = torch.sigmoid(logits)
  overlaps = torch.sum(inside * targets, [1]) * 2.
  sizes = torch.sum(inside, [1]) + torch.sum(targets, [1])
  return torch.sum(torch.rsub((overlaps + 1.) / (sizes + 1.), 1.)) / masks

# Logarithm of the class scores of every pixel, the mixture of masks by their classes.
# class_logits [B, Q, K + 1], mask_logits [B, Q, h, w] -> [B, K, h, w]
def log_mixture(self, class_logits: Tensor, mask_logits: Tensor) -> Tensor:
  batch, queries, height, width = torch.size(mask_logits)
  classes = torch.softmax(class_logits, -1)
  classes = torch.slice(classes, 2, 0, torch.size(classes, 2) - 1, 1)
  masks = torch.flatten(torch.sigmoid(mask_logits), 2, 3)
  scores = torch.bmm(torch.transpose(classes, 1, 2), masks)
  return torch.reshape(torch.log(scores + 1e-06), [batch, torch.size(classes, 2), height, width])
