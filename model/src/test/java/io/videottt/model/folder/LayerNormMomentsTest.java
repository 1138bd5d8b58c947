package io.videottt.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.ChannelMoments;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Block;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Stem;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.NativeArrays;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayerNormMomentsTest {

  /** Both architectures, with every kind of block. */
  enum Kind {
    PYRAMID_OF_CONVOLUTIONS,
    PYRAMID_OF_SWIN,
    MASK2FORMER;

    SegmentationModel create() {
      return switch (this) {
        case PYRAMID_OF_CONVOLUTIONS -> pyramid(Stem.CONVOLUTION, Block.CONVOLUTION);
        case PYRAMID_OF_SWIN -> pyramid(Stem.PATCH, Block.SWIN);
        case MASK2FORMER -> SmallModels.mask2Former(1);
      };
    }

    private static SegmentationModel pyramid(Stem stem, Block early) {
      return SegmentationModel.initialise(
          TestModels.featurePyramid(3, stem, early), 1, Device.cpu());
    }
  }

  private static NDArray image(SegmentationModel model, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[4 * 36 * 52];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    return NativeArrays.of(model.manager(), values, new Shape(1, 4, 36, 52));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyLayerNormOfTheEncoderIsSeenAndNothingChangesByLooking(Kind kind) {
    try (SegmentationModel model = kind.create();
        LayerNormMoments moments = new LayerNormMoments(model);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Autograd.withoutGradient(
          () -> {
            NDArray image = image(model, 1);
            float[] plain = model.network().encode(image).res5().toFloatArray();
            assertThat(model.network().encode(image, (layer, x, e) -> {}).res5().toFloatArray())
                .isEqualTo(plain);
            moments.observe(image);
            return null;
          });
      Map<String, ChannelMoments> values = moments.values();
      List<Parameter> affine = model.parameters().selectNormAffine(Part.ENCODER);
      assertThat(values).hasSize(affine.size() / 2);
      values.forEach(
          (layer, channels) -> {
            // Every position has mean 0 and mean square 1 over the channels.
            double mean = Arrays.stream(channels.mean()).average().orElseThrow();
            double square = 0;
            for (int c = 0; c < channels.mean().length; c++) {
              square += channels.variance()[c] + channels.mean()[c] * channels.mean()[c];
            }
            assertThat(mean).as(layer).isCloseTo(0, within(1e-5));
            assertThat(square / channels.mean().length).as(layer).isBetween(0.8, 1.0001);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void imagesAreAveragedAndTheAveragesCanBeTakenUpAgain(Kind kind) {
    try (SegmentationModel model = kind.create();
        LayerNormMoments moments = new LayerNormMoments(model);
        LayerNormMoments other = new LayerNormMoments(model);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Autograd.withoutGradient(
          () -> {
            moments.observe(image(model, 1));
            double first = mean(moments);
            moments.reset();
            moments.observe(image(model, 2));
            double second = mean(moments);
            moments.observe(image(model, 1));
            assertThat(moments.count()).isEqualTo(2);
            assertThat(mean(moments)).isCloseTo((first + second) / 2, within(1e-6));
            other.restore(moments.state());
            other.observe(image(model, 3));
            moments.observe(image(model, 3));
            return null;
          });
      assertThat(other.count()).isEqualTo(3);
      assertThat(mean(other)).isEqualTo(mean(moments));
    }
  }

  private static double mean(LayerNormMoments moments) {
    return moments.values().values().iterator().next().mean()[0];
  }
}
