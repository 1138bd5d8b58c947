# Linear layers, with an activation if wanted, in the precision NARROW: operands are rounded, products
# are summed in single precision.
def narrow(self, input: Tensor) -> Tensor:
  return input.to(NARROW)

def wide(self, input: Tensor) -> Tensor:
  return input.to(6)

def dense_narrow(self, input: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  if bias is not None:
    result = torch.linear(self.narrow(input), self.narrow(weight), self.narrow(bias))
  else:
    result = torch.linear(self.narrow(input), self.narrow(weight), None)
  return result

def dense(self, input: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  return self.wide(self.dense_narrow(input, weight, bias))

def dense_gelu(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.gelu(self.dense_narrow(input, weight, bias))

def dense_relu(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.relu(self.dense_narrow(input, weight, bias))
