package io.videottt.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linear layers are matrix products, with and without gradients. */
class DenseTest {

  @ParameterizedTest
  @CsvSource({
    "960, 24, 72",
    "960, 32, 40",
    "1024, 96, 288",
    "1024, 100, 7",
    "2048, 16, 24",
    "1040, 33, 1",
    "1111, 40, 72",
    "64, 512, 128",
    "16, 8, 8",
    "640, 48, 80",
    "640, 112, 144",
    "640, 80, 48",
    "2048, 16, 16",
    "320, 256, 96",
    "256, 256, 1024",
    "96, 1024, 256",
    "1600, 32, 176"
  })
  void agreesWithTheMatrixProductInValuesAndGradients(int rows, int inputs, int outputs) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      SplittableRandom random = new SplittableRandom(rows);
      NDArray input = random(manager, random, rows, inputs);
      NDArray weight = random(manager, random, outputs, inputs);
      NDArray bias = random(manager, random, outputs);
      NDArray slope = random(manager, random, rows, outputs);
      List<NDArray> variables = List.of(input, weight, bias);
      variables.forEach(variable -> variable.setRequiresGradient(true));
      List<float[]> dense =
          valuesAndGradients(() -> TensorFunctions.linear(input, weight, bias), slope, variables);
      List<float[]> product =
          valuesAndGradients(() -> input.matMul(weight.transpose()).add(bias), slope, variables);
      for (int i = 0; i < dense.size(); i++) {
        assertClose(dense.get(i), product.get(i));
      }
      NDArray inferred =
          Autograd.withoutGradient(() -> TensorFunctions.linear(input, weight, bias));
      assertClose(inferred.toFloatArray(), product.get(0));
    }
  }

  private static List<float[]> valuesAndGradients(
      Supplier<NDArray> layer, NDArray slope, List<NDArray> variables) {
    List<float[]> results = new ArrayList<>();
    Autograd.backward(
        () -> {
          NDArray output = layer.get();
          results.add(output.toFloatArray());
          return output.mul(slope).sum();
        });
    for (NDArray variable : variables) {
      NDArray gradient = JniUtils.getGradient((PtNDArray) variable);
      results.add(gradient.toFloatArray());
      TensorFunctions.zeroAll(List.of(gradient));
    }
    return results;
  }

  private static void assertClose(float[] actual, float[] expected) {
    float magnitude = 0;
    float difference = 0;
    for (int i = 0; i < expected.length; i++) {
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    assertThat(difference).isLessThan(1e-5f * magnitude);
  }

  private static NDArray random(NDManager manager, SplittableRandom random, long... sizes) {
    Shape shape = new Shape(sizes);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return NativeArrays.of(manager, values, shape);
  }
}
