package io.videottt.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.swin.SwinBlock;
import org.junit.jupiter.api.Test;

class TensorFunctionsTest {

  @Test
  void resizesWithoutAntialiasing() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray ramp = manager.arange(8f).reshape(1, 1, 1, 8);
      NDArray halved = TensorFunctions.resizeBilinear(ramp, 1, 2);
      assertThat(halved.toFloatArray()).containsExactly(1.5f, 5.5f);
      assertThat(
              new TorchScript(SwinBlock.class, "swin.py")
                  .call(manager, "relative_index", ramp, 2)
                  .getShape())
          .isEqualTo(new Shape(16));
    }
  }
}
