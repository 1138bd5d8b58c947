# Linear layers, with an activation if wanted.
def dense(self, input: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  return torch.linear(input, weight, bias)

def dense_gelu(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.gelu(torch.linear(input, weight, bias))

def dense_relu(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.relu(torch.linear(input, weight, bias))
