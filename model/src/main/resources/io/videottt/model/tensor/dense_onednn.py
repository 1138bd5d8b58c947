# Linear layers, with an activation if wanted, for processors on which oneDNN runs. Without gradients
# they go to its linear layers, which compute the activation on the way.
def suits_onednn(self, input: Tensor) -> bool:
  unsuited = input.is_cuda or input.dtype != 6
  return not unsuited

def with_onednn(self, input: Tensor) -> bool:
  suits = self.suits_onednn(input)
  if torch.is_grad_enabled():
    suits = False
  return suits

# With gradients: the engine's own product, or where CONVOLVED the same as a convolution with a kernel
# of one pixel over an image of one column. The engine gives such a convolution of a single image to
# oneDNN only if the kernel is dilated, which changes nothing about one pixel, and if the image has
# more than 20480 values.
def dense_recorded(self, input: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  channels = torch.size(input, input.dim() - 1)
  if CONVOLVED and self.suits_onednn(input) and torch.is_grad_enabled() and torch.numel(input) > 20480:
    sizes = torch.size(input)
    sizes[len(sizes) - 1] = torch.size(weight, 0)
    rows = torch.permute(torch.reshape(input, [1, -1, 1, channels]), [0, 3, 1, 2])
    kernel = torch.unsqueeze(torch.unsqueeze(weight, 2), 3)
    convolved = torch.conv2d(rows, kernel, bias, [1, 1], [0, 0], [2, 2], 1)
    result = torch.reshape(torch.permute(convolved, [0, 2, 3, 1]), sizes)
  else:
    result = torch.linear(input, weight, bias)
  return result

def dense(self, input: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  if self.with_onednn(input):
    result = ops.mkldnn._linear_pointwise(torch.contiguous(input), torch.contiguous(weight), bias, "none", annotate(List[Optional[number]], []), "")
  else:
    result = self.dense_recorded(input, weight, bias)
  return result

def dense_gelu(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  if self.with_onednn(input):
    result = ops.mkldnn._linear_pointwise(torch.contiguous(input), weight, bias, "gelu", annotate(List[Optional[number]], []), "none")
  else:
    result = torch.gelu(self.dense_recorded(input, weight, bias))
  return result

def dense_relu(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  if self.with_onednn(input):
    result = ops.mkldnn._linear_pointwise(torch.contiguous(input), weight, bias, "relu", annotate(List[Optional[number]], []), "")
  else:
    result = torch.relu(self.dense_recorded(input, weight, bias))
  return result
