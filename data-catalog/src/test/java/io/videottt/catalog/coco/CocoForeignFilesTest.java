package io.videottt.catalog.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.TestCoco;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.video.Video;
import io.videottt.io.config.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets in COCO's form as other tools write them. */
class CocoForeignFilesTest {

  private static final long LARGE = 1L << 60;

  private final Configuration hadoop = new Configuration();

  @TempDir private Path root;

  @BeforeEach
  void writeImages() {
    TestImages.writeColour(root.resolve("img/a.png"), 8, 4);
    TestImages.writeColour(root.resolve("img/a.jpg.png"), 8, 4);
    TestImages.writeColour(root.resolve("img/deep/a.png"), 8, 4);
  }

  private DataSet open() {
    return DataSet.of(
        StrictYaml.read(
            """
name: own
root: %s
layout: {type: coco-instances, images: img, instances: ann.json}
framesPerSecond: 10
classes: [{id: 0, name: car, thing: true, colour: "#00008e", sourceIds: [1152921504606846977]}]
splits: {all: {}}
"""
                .formatted(root),
            "own.yaml",
            DataSetDefinition.class),
        hadoop);
  }

  private void write(String... images) {
    TestCoco.write(
        root.resolve("ann.json"),
        List.of(images),
        IntStream.range(0, images.length)
            .mapToObj(
                i ->
                    "{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"segmentation\": %s}"
                        .formatted(i, LARGE + i, LARGE + 1, TestCoco.box(0, 0, i + 1, 1)))
            .toList());
  }

  private static String image(int id, String file) {
    return TestCoco.image(LARGE + id, file, 8, 4);
  }

  private Video video() {
    return open().video("all", "stills", Set.of(Task.INSTANCE));
  }

  private static Map<String, Double> areas(Video video) {
    return IntStream.range(0, video.frameCount())
        .boxed()
        .collect(
            java.util.stream.Collectors.toMap(
                video::frameName,
                i -> video.read(i).truth().instances().orElseThrow().get(0).area()));
  }

  /** Ids of which doubles make one number. */
  @Test
  void idsAreToldApartToTheLastDigit() {
    write(image(0, "a.png"), image(1, "deep/a.png"));
    assertThat(areas(video())).isEqualTo(Map.of("a", 1.0, "deep/a", 2.0));
  }

  @Test
  void imagesOfOneNameAreToldApartByTheirIds() {
    write(image(0, "a.png"), image(1, "a.png"), image(2, "a.jpg.png"));
    assertThat(areas(video()))
        .isEqualTo(
            Map.of(
                "a.png (id " + LARGE + ")",
                1.0,
                "a.png (id " + (LARGE + 1) + ")",
                2.0,
                "a.jpg",
                3.0));
    assertThat(open().check(List.of("all")).clean()).isTrue();
  }

  @Test
  void dotsInPathsAreNoFolders() {
    write(image(0, "./a.png"), image(1, "deep//./a.png"));
    assertThat(areas(video())).isEqualTo(Map.of("a", 1.0, "deep/a", 2.0));
  }

  @Test
  void absolutePathsAreLookedForBelowTheFolder() {
    write(image(0, "/home/x/set/a.png"), image(1, "/home/x/set/deep/a.png"));
    assertThat(areas(video()).values()).containsExactlyInAnyOrder(1.0, 2.0);
    write(image(0, "/home/x/set/a.png"), image(1, root.resolve("img/deep/a.png").toString()));
    assertThat(areas(video()).values()).containsExactlyInAnyOrder(1.0, 2.0);
  }

  @Test
  void noPathLeadsOutOfTheFolder() {
    TestImages.writeColour(root.resolve("secret.png"), 8, 4);
    for (String name :
        List.of(
            "../secret.png", "/home/../../secret.png", root.resolve("img/../secret.png") + "")) {
      write(image(0, name));
      assertThatThrownBy(this::video)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("ann.json: image " + LARGE)
          .hasMessageContaining("\"..\" is not a plain name");
    }
    write(image(0, root.resolve("secret.png").toString()));
    assertThatThrownBy(() -> video().read(0)).hasMessageContaining("img/secret.png");
  }

  @Test
  void largeSetsOfClassesAreForInstancesOnly() {
    StringBuilder classes = new StringBuilder("classes:\n");
    for (int id = 0; id < 1203; id++) {
      classes.append(
          "  - {id: %d, name: c%d, thing: true, colour: \"#00008e\", sourceIds: [%d]}%n"
              .formatted(id, id, id + 1));
    }
    String lvis =
        "name: lvis\nlayout: {type: coco-instances}\nframesPerSecond: 1\nsplits: {val: {}}\n"
            + classes;
    DataSetDefinition read = StrictYaml.read(lvis, "lvis.yaml", DataSetDefinition.class);
    assertThat(read.classCount()).isEqualTo(1203);
    assertThat(new SourceClasses(read).of(255)).isEqualTo(254);
    assertThat(new SourceClasses(read).of(1203)).isEqualTo(1202);
    assertThat(new SourceClasses(read).of(1204)).isEqualTo(SourceClasses.UNKNOWN);
    assertThatThrownBy(
            () ->
                StrictYaml.read(
                    lvis.replace("coco-instances", "coco-panoptic"),
                    "lvis.yaml",
                    DataSetDefinition.class))
        .hasMessage("lvis.yaml: 1203 classes, expected at most 255 in this layout");
  }

  @Test
  void twoAnnotationsListsAreOneTooMany() {
    TestImages.write(
        root.resolve("ann.json"),
        "{\"images\": [], \"annotations\": [], \"annotations\": []}"
            .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::video).hasMessageContaining("the file has two members annotations");
  }

  @Test
  void anImageWithoutNameHasNoPicture() {
    TestImages.write(
        root.resolve("ann.json"),
        "{\"images\": [{\"id\": 5}], \"annotations\": []}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::video)
        .hasMessageEndingWith(
            "ann.json: image 5 has no file_name; a data set needs it to find the picture");
    assertThat(Optional.of(open().check(List.of("all"))).get().clean()).isFalse();
  }
}
