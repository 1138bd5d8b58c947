package io.videottt.model.mask2former;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.Deviation;
import io.videottt.model.FeatureMaps;
import io.videottt.model.GatedNetwork;
import io.videottt.model.Network;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.Prediction;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.folder.SmallModels;
import io.videottt.model.optimizer.Optimizer;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.PatchMask;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mask2FormerNetworkTest {

  @ParameterizedTest
  @CsvSource({"1, 32, 32", "2, 33, 47", "3, 5, 70", "1, 96, 8"})
  void anySizeGoesThrough(int batch, int height, int width) {
    try (NDScope scope = new NDScope();
        SegmentationModel model = SmallModels.mask2Former(1)) {
      scope.suppressNotUsedWarning();
      NDArray images = images(model.manager(), 1, batch, height, width);
      Network network = model.network();
      Autograd.withoutGradient(
          () -> {
            FeatureMaps features = network.encode(ImageTensors.unmasked(images));
            Prediction prediction = network.predict(features);
            assertThat(network.semanticScores(prediction, height, width).getShape())
                .isEqualTo(new Shape(batch, 4, height, width));
            assertThat(network.reconstruct(features, height, width).getShape())
                .isEqualTo(images.getShape());
            return null;
          });
    }
  }

  @Test
  void anImageIsPredictedAloneAsInABatch() {
    try (NDScope scope = new NDScope();
        SegmentationModel model = SmallModels.mask2Former(1)) {
      scope.suppressNotUsedWarning();
      NDArray images = images(model.manager(), 1, 3, 40, 56);
      NDArray together = scores(model.network(), images);
      for (int image = 0; image < 3; image++) {
        NDArray alone = scores(model.network(), images.get(image + ":" + (image + 1)));
        assertThat(Deviation.ofMagnitude(alone, together.get(image + ":" + (image + 1))))
            .isLessThan(1e-4);
      }
    }
  }

  @Test
  void everyLayerPredictsAndTheLastOneIsThePrediction() {
    try (NDScope scope = new NDScope();
        SegmentationModel model = SmallModels.mask2Former(1)) {
      scope.suppressNotUsedWarning();
      Mask2FormerNetwork network = (Mask2FormerNetwork) ((GatedNetwork) model.network()).network();
      FeatureMaps features =
          network.encode(ImageTensors.unmasked(images(model.manager(), 1, 1, 32, 32)));
      List<Prediction.Queries> all = network.predictAll(features);
      assertThat(all).hasSize(3);
      Prediction.Queries last = (Prediction.Queries) network.predict(features);
      assertThat(all.get(2).maskLogits().toFloatArray())
          .containsExactly(last.maskLogits().toFloatArray());
      assertThat(all.get(2).classLogits().toFloatArray())
          .containsExactly(last.classLogits().toFloatArray());
    }
  }

  @Test
  void adaptationLeavesTheMainHeadAsItIs() {
    try (NDScope scope = new NDScope();
        SegmentationModel model = SmallModels.mask2Former(1)) {
      scope.suppressNotUsedWarning();
      List<float[]> before =
          model.parameters().select(Part.MAIN_HEAD).stream()
              .map(p -> p.value().toFloatArray())
              .toList();
      adapt(model, 1);
      List<Parameter> after = model.parameters().select(Part.MAIN_HEAD);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i).value().toFloatArray()).containsExactly(before.get(i));
      }
    }
  }

  @Test
  void threadsWithTheirOwnModelsComputeWhatOneThreadDoes() throws Exception {
    List<float[]> sequential = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      sequential.add(adaptedWeights(seed));
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<float[]>> parallel = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        int modelSeed = seed;
        parallel.add(threads.submit(() -> adaptedWeights(modelSeed)));
      }
      for (int seed = 0; seed < 4; seed++) {
        assertThat(parallel.get(seed).get()).containsExactly(sequential.get(seed));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static float[] adaptedWeights(int seed) {
    try (SegmentationModel model = SmallModels.mask2Former(seed)) {
      for (int step = 0; step < 3; step++) {
        adapt(model, 10 * seed + step);
      }
      return model
          .parameters()
          .get("model.pixel_level_module.encoder.encoder.layers.0.blocks.1.output.dense.weight")
          .toFloatArray();
    }
  }

  private static void adapt(SegmentationModel model, long seed) {
    List<Parameter> trained = model.parameters().select(Part.ENCODER, Part.RECONSTRUCTION);
    try (Optimizer optimizer =
            Optimizer.create(OptimizerSettings.adamW(1e-3, 1, 0.05, 1), trained);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray images = images(model.manager(), seed, 2, 32, 48);
      NDArray visible =
          PatchMask.draw(new SplittableRandom(seed), model.manager(), 2, 32, 48, 16, 0.5);
      Autograd.backward(
          () -> ReconstructionLoss.ofPixels(false).of(model.network(), images, visible));
      optimizer.step();
    }
  }

  private static NDArray scores(Network network, NDArray images) {
    return Autograd.withoutGradient(
        () -> {
          Prediction prediction = network.predict(network.encode(ImageTensors.unmasked(images)));
          Shape shape = images.getShape();
          return network.semanticScores(prediction, (int) shape.get(2), (int) shape.get(3));
        });
  }

  private static NDArray images(NDManager manager, long seed, int batch, int height, int width) {
    List<byte[]> images = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int image = 0; image < batch; image++) {
      byte[] pixels = new byte[3 * height * width];
      random.nextBytes(pixels);
      images.add(pixels);
    }
    return ImageTensors.normalise(manager, images, height, width);
  }
}
