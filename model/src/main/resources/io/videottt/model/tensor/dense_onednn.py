# Linear layers, with an activation if wanted. Without gradients and on the CPU they go to oneDNN,
# which needs half the time of the engine's own matrix product on processors not made by Intel, and
# computes the activation on the way.
def with_onednn(self, input: Tensor) -> bool:
  unsuited = torch.is_grad_enabled() or input.is_cuda or input.dtype != 6
  return not unsuited

def dense(self, input: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  if self.with_onednn(input):
    result = ops.mkldnn._linear_pointwise(torch.contiguous(input), torch.contiguous(weight), bias, "none", annotate(List[Optional[number]], []), "")
  else:
    result = torch.linear(input, weight, bias)
  return result

def dense_gelu(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  if self.with_onednn(input):
    result = ops.mkldnn._linear_pointwise(torch.contiguous(input), weight, bias, "gelu", annotate(List[Optional[number]], []), "none")
  else:
    result = torch.gelu(torch.linear(input, weight, bias))
  return result

def dense_relu(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  if self.with_onednn(input):
    result = ops.mkldnn._linear_pointwise(torch.contiguous(input), weight, bias, "relu", annotate(List[Optional[number]], []), "")
  else:
    result = torch.relu(torch.linear(input, weight, bias))
  return result
