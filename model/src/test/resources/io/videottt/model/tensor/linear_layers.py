def linear(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return self.dense(input, weight, bias)

def linear_without_bias(self, input: Tensor, weight: Tensor) -> Tensor:
  return self.dense(input, weight, None)
