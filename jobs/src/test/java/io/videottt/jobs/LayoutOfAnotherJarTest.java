package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link io.videottt.outside.NamedFramesLayout} is registered as a service, as it would be in a jar
 * of its own.
 */
class LayoutOfAnotherJarTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeDataSet() throws IOException {
    Path video = Files.createDirectories(folder.resolve("data/pictures/noon"));
    for (String name : List.of("0001-0.png", "0002-7.png", "0003.png")) {
      BufferedImage picture = new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(picture, "png", video.resolve(name).toFile());
    }
    Path catalog = Files.createDirectories(folder.resolve("catalog"));
    Files.writeString(
        catalog.resolve("named.yaml"),
        """
        name: named
        root: %s
        layout: {type: named-frames, height: 6, width: 8}
        framesPerSecond: 10
        splits: {all: {labels: OPTIONAL}}
        classes:
          - {id: 0, name: road, colour: "#804080"}
          - {id: 1, name: car, thing: true, colour: "#0000ff", sourceIds: [7]}
        """
            .formatted(folder.resolve("data")));
  }

  private TinySweep.Run catalog(String... command) {
    String[] arguments = new String[command.length + 3];
    arguments[0] = "catalog";
    System.arraycopy(command, 0, arguments, 1, command.length);
    arguments[command.length + 1] = "--catalog";
    arguments[command.length + 2] = folder.resolve("catalog").toString();
    return TinySweep.run(arguments);
  }

  @Test
  void theCommandsKnowItsDataSets() {
    TinySweep.Run listed = catalog("list");
    assertThat(listed.status()).as(listed.err()).isZero();
    assertThat(listed.out()).contains("named");

    TinySweep.Run checked = catalog("check", "named");
    assertThat(checked.status()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.out()).contains("named all: 1 video, 3 frames, 2 annotated");
  }

  @Test
  void theCheckFindsWhatDoesNotFitItsSettings() throws IOException {
    Path file = folder.resolve("catalog/named.yaml");
    Files.writeString(file, Files.readString(file).replace("height: 6", "height: 5"));
    TinySweep.Run checked = catalog("check", "named");
    assertThat(checked.status()).isNotZero();
    assertThat(checked.out()).contains("the labels are 8 x 5, the image ");
  }

  @Test
  void anUnknownTypeIsAnErrorOfTheFileThatNamesTheKnownOnes() throws IOException {
    Path file = folder.resolve("catalog/named.yaml");
    Files.writeString(file, Files.readString(file).replace("named-frames", "named-frame"));
    TinySweep.Run checked = catalog("check", "named");
    assertThat(checked.status()).isNotZero();
    assertThat(checked.err())
        .contains("named.yaml: layout: unknown type 'named-frame'; known are cityscapes, ")
        .contains(", label-maps, named-frames");
  }
}
