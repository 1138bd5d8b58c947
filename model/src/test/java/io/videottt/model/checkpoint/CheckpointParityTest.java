package io.videottt.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.model.Deviation;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.Prediction;
import io.videottt.model.folder.Fixtures;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.Safetensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Converted checkpoints compute what an independent implementation computes with them. */
class CheckpointParityTest {

  private static final double TOLERANCE = 1e-4;

  @TestFactory
  List<DynamicTest> everyFormOfACheckpointPredictsAsTheReference() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path fixture : Fixtures.checkpoints()) {
      for (String file : List.of("d2.pkl", "d2.pth", "d2.safetensors")) {
        if (Files.exists(fixture.resolve(file))) {
          tests.add(
              DynamicTest.dynamicTest(
                  fixture.getFileName() + " " + file, () -> compare(fixture, file)));
        }
      }
    }
    if (tests.isEmpty()) {
      System.out.println("parity: no checkpoint fixture found, nothing compared");
    }
    return tests;
  }

  private static void compare(Path fixture, String file) throws IOException {
    Path folder = Files.createTempDirectory("converted");
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      org.apache.hadoop.fs.Path output = hadoop(folder.resolve("model"));
      new CheckpointConverter(new Configuration())
          .convert(
              hadoop(fixture.resolve(file)),
              configuration(fixture.resolve("ref/config.json")),
              Optional.empty(),
              output);
      Map<String, NDArray> expected =
          Safetensors.read(
              hadoop(fixture.resolve("expected.safetensors")), new Configuration(), manager);
      try (SegmentationModel model =
          SegmentationModel.load(output, new Configuration(), Device.cpu())) {
        assertParameters(model, expected);
        assertOutputs(model, image(manager, fixture.resolve("image.png")), expected, file);
      }
    } finally {
      deleteAll(folder);
    }
  }

  private static Optional<GivenConfiguration> configuration(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(
            new GivenConfiguration(
                file.toString(), (ObjectNode) new ObjectMapper().readTree(file.toFile()), Map.of()))
        : Optional.empty();
  }

  /** g lies in the expected tensors under its names here. */
  private static void assertParameters(SegmentationModel model, Map<String, NDArray> expected) {
    List<Parameter> reconstruction = model.parameters().select(Part.RECONSTRUCTION);
    assertThat(reconstruction.stream().map(Parameter::name).toList())
        .hasSameElementsAs(
            expected.keySet().stream().filter(name -> name.startsWith("reconstruction.")).toList());
    for (Parameter parameter : reconstruction) {
      assertThat(parameter.value().toFloatArray())
          .as(parameter.name())
          .isEqualTo(expected.get(parameter.name()).toFloatArray());
    }
  }

  /** The network itself on the whole image, as the reference ran it. */
  private static void assertOutputs(
      SegmentationModel model, NDArray image, Map<String, NDArray> expected, String file) {
    Prediction.Queries prediction =
        (Prediction.Queries)
            Autograd.withoutGradient(
                () ->
                    model.network().predict(model.network().encode(ImageTensors.unmasked(image))));
    double classes =
        Deviation.ofMagnitude(prediction.classLogits(), expected.get("class_queries_logits"));
    double masks =
        Deviation.ofMagnitude(prediction.maskLogits(), expected.get("masks_queries_logits"));
    System.out.printf("parity %s: classes %.2e, masks %.2e%n", file, classes, masks);
    assertThat(classes).as("class logits").isLessThan(TOLERANCE);
    assertThat(masks).as("mask logits").isLessThan(TOLERANCE);
  }

  private static NDArray image(NDManager manager, Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    byte[] pixels = new byte[3 * image.getWidth() * image.getHeight()];
    for (int y = 0, index = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        pixels[index++] = (byte) (rgb >> 16);
        pixels[index++] = (byte) (rgb >> 8);
        pixels[index++] = (byte) rgb;
      }
    }
    return ImageTensors.normalise(manager, List.of(pixels), image.getHeight(), image.getWidth());
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
