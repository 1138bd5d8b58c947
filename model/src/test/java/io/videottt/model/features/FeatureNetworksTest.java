package io.videottt.model.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and numbers by {@code src/test/python/feature_networks.py}, PyTorch 2.13. */
class FeatureNetworksTest {

  private static final Configuration HADOOP = new Configuration();
  private static final int HEIGHT = 24;
  private static final int WIDTH = 37;

  private static String file(String name) throws URISyntaxException {
    return Path.of(FeatureNetworksTest.class.getResource(name).toURI()).toString();
  }

  private static byte[] image(int seed) {
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / 3 % WIDTH;
      int y = i / 3 / WIDTH;
      pixels[i] =
          (byte) (x * (3 + seed) + y * (5 + 2 * seed) + i % 3 * 37 + x * y * (seed + 1) / 7);
    }
    return pixels;
  }

  @Test
  void featuresAndProbabilitiesArePyTorchs() throws URISyntaxException {
    try (InceptionNetwork network =
        InceptionNetwork.load(file("tiny-inception.pt"), HADOOP, Device.cpu())) {
      List<InceptionNetwork.View> views = network.look(List.of(image(0), image(2)), HEIGHT, WIDTH);

      assertThat(views).hasSize(2);
      assertThat(views.get(0).features())
          .containsExactly(
              new float[] {0.0898143f, 0.1949911f, 0.1966379f, 0.0446226f, 0.1402171f, 0.0926742f},
              within(1e-6f));
      assertThat(views.get(1).features()[5]).isCloseTo(0.1466736f, within(1e-6f));
      assertThat(views.get(1).probabilities())
          .containsExactly(
              new float[] {0.3121315f, 0.0223895f, 0.2952572f, 0.3702219f}, within(1e-6f));
      assertThat(network.fingerprint()).hasSize(64);
    }
  }

  @Test
  void theDistanceIsPyTorchsAlsoForAnotherSizeThanItWasTracedWith() throws URISyntaxException {
    try (PerceptualDistance network =
        PerceptualDistance.load(file("tiny-lpips.pt"), HADOOP, Device.cpu())) {
      assertThat(network.between(image(0), image(2), HEIGHT, WIDTH))
          .isCloseTo(0.2942819595336914, within(1e-6));
      assertThat(network.between(image(0), image(0), HEIGHT, WIDTH)).isZero();
    }
  }

  @Test
  void networksAreTriedBeforeAnythingRuns() throws URISyntaxException {
    String inception = file("tiny-inception.pt");
    String lpips = file("tiny-lpips.pt");

    FeatureNetworks.check(FeatureFiles.NONE, HADOOP);
    FeatureNetworks.check(new FeatureFiles(inception, lpips), HADOOP);
    assertThatThrownBy(() -> FeatureNetworks.check(new FeatureFiles(lpips, null), HADOOP))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(lpips + ": fails (");
    assertThatThrownBy(() -> FeatureNetworks.check(new FeatureFiles(null, inception), HADOOP))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(inception + ": fails (");
  }

  @Test
  void whatReturnsNoProbabilitiesIsRefused() throws URISyntaxException {
    FeatureFiles files = new FeatureFiles(file("tiny-logits.pt"), null);

    assertThatThrownBy(() -> FeatureNetworks.check(files, HADOOP))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tiny-logits.pt: its second output holds no probabilities (")
        .hasMessageEndingWith("; end it with softmax");
  }

  @Test
  void whatIsNoNetworkIsRefusedInALine(@TempDir Path folder)
      throws IOException, URISyntaxException {
    Path text = Files.writeString(folder.resolve("text.pt"), "weights");
    Path cut = folder.resolve("cut.pt");
    byte[] whole = Files.readAllBytes(Path.of(file("tiny-lpips.pt")));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    Path missing = folder.resolve("missing.pt");

    assertRefused(text, "text.pt: no TorchScript file; save one with torch.jit.save");
    assertRefused(cut, "cut.pt: the engine cannot load it (");
    assertRefused(missing, "missing.pt: cannot be read: ");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> FeatureNetworks.check(new FeatureFiles(null, file.toString()), HADOOP))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }
}
