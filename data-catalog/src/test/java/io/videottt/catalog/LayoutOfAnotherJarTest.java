package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.coco.CocoVideosLayout;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import io.videottt.outside.FilmLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link FilmLayout} is registered as a service, as it would be in a jar of its own. */
class LayoutOfAnotherJarTest {

  private static final String FILMS =
      """
      name: films
      root: ROOT
      layout: {type: film, suffix: .reel, side: 4}
      framesPerSecond: 24
      splits:
        all: {}
        late: {videos: [b], shifts: {dark: [{course: constant, corruptions: {low-light: 0.5}}]}}
        bare: {labels: NONE}
      classes:
        - {id: 0, name: road, colour: "#804080"}
        - {id: 1, name: car, thing: true, colour: "#0000ff", sourceIds: [7]}
      """;

  private final Configuration hadoop = new Configuration();
  @TempDir private Path folder;

  @BeforeEach
  void writeFilms() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/a.reel"), "10 0\n20 7\n30\n");
    Files.writeString(folder.resolve("data/b.reel"), "40 255\n50 7\n");
  }

  private DataSetDefinition definition(String yaml) throws IOException {
    Path catalog = Files.createDirectories(folder.resolve("catalog"));
    Files.writeString(
        catalog.resolve("films.yaml"),
        yaml.replace("ROOT", folder.resolve("data").toUri().toString()));
    return Catalog.withFolder(new org.apache.hadoop.fs.Path(catalog.toUri()), hadoop)
        .definition("films");
  }

  private DataSet films() throws IOException {
    return DataSet.of(definition(FILMS), hadoop);
  }

  @Test
  void aCatalogueFileNamesItAndGivesItsSettings() throws IOException {
    assertThat(definition(FILMS).layout()).isEqualTo(new FilmLayout(".reel", 4));
    assertThat(definition(FILMS.replace(", suffix: .reel, side: 4", "")).layout())
        .isEqualTo(new FilmLayout(".film", 2));
  }

  @Test
  void itsVideosAndTheirShiftsAreRead() throws IOException {
    DataSet films = films();
    assertThat(films.videos("all")).extracting(Video::id).containsExactly("a", "b");
    Video video = films.video("all", "a");
    try (FrameStream stream = video.stream()) {
      Frame first = stream.next();
      assertThat(first.image().pixels()).hasSize(4 * 4 * 3).containsOnly(10);
      assertThat(first.labels().orElseThrow().labels()).hasSize(16).containsOnly(0);
      assertThat(stream.next().labels().orElseThrow().labels()).containsOnly(1);
      assertThat(stream.next().labels()).isEmpty();
      assertThat(stream.hasNext()).isFalse();
    }
    Video dark = films.videos("late").get(0);
    assertThat(dark.id()).isEqualTo("b-dark");
    assertThat(dark.read(1).labels().orElseThrow().labels()).containsOnly(1);
    assertThat(dark.read(1).image()).isNotEqualTo(films.video("all", "b").read(1).image());
    assertThat(films.video("bare", "a").read(0).labels()).isEmpty();
  }

  @Test
  void theCheckCountsWhatIsThereAndNamesWhatIsWrong() throws IOException {
    CatalogCheck.Split clean = films().check(List.of("all")).splits().get(0);
    assertThat(clean.problems()).isEmpty();
    assertThat(clean.videos()).isEqualTo(2);
    assertThat(clean.frames()).isEqualTo(5);
    assertThat(clean.annotatedFrames()).isEqualTo(4);
    assertThat(clean.pixels()).containsExactly(16, 32);
    assertThat(clean.ignoredPixels()).isEqualTo(16);

    Files.writeString(folder.resolve("data/b.reel"), "40 9\nx\n50 7\n" + "1\n".repeat(100));
    CatalogCheck.Split broken = films().check(List.of("all")).splits().get(0);
    assertThat(broken.frames()).isEqualTo(3 + 103);
    assertThat(broken.annotatedFrames()).isEqualTo(3);
    assertThat(broken.problems().keySet())
        .containsExactlyInAnyOrder(
            FileProblem.Kind.UNKNOWN_LABEL, FileProblem.Kind.MISSING, FileProblem.Kind.NOT_READ);
    assertThat(broken.problems().get(FileProblem.Kind.UNKNOWN_LABEL).examples().get(0))
        .endsWith("b.reel: line 1: 9 is none of the 2 classes of films nor ignored");
  }

  @Test
  void itsFilesAndItsSettingsAreWhatResultsDependOn() throws IOException {
    VideoFiles files = films().files("late", "b-dark");
    assertThat(files.files()).containsOnlyKeys("film");
    assertThat(files.files().get("film").size()).isEqualTo(12);
    assertThat(files.reading())
        .containsEntry("layout", "FilmLayout[suffix=.reel, side=4]")
        .containsKey("shift");
    assertThat(files.tasks("film")).containsExactly(Task.values());
    assertThat(films().files("all").files()).containsOnlyKeys("a/film", "b/film");
  }

  @Test
  void itNeedsARootAsOthersDo() throws IOException {
    DataSetDefinition definition = definition(FILMS);
    assertThatThrownBy(() -> DataSet.of(definition.withRoot(""), hadoop))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("data set films has no root: give its folder with --root");
    assertThatThrownBy(() -> films().videos("all", Set.of(Task.PANOPTIC)))
        .hasMessageContaining("films has no ground truth for panoptic segmentation");
  }

  @Test
  void itTravelsToOtherMachines() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(definition(FILMS));
    }
    try (ObjectInputStream stream =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(stream.readObject()).isEqualTo(definition(FILMS));
    }
  }

  @Test
  void anUnknownTypeComesWithTheKnownOnesServicesIncluded() {
    assertThatThrownBy(() -> definition(FILMS.replace("type: film", "type: flim")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(
            "films.yaml: layout: unknown type 'flim'; known are cityscapes, coco-instances,"
                + " coco-panoptic, coco-videos, film, generated, kitti-step, label-maps, pictures,"
                + " video-files");
  }

  @Test
  void aMissingTypeComesWithTheKnownOnes() {
    assertThatThrownBy(() -> definition(FILMS.replace("type: film, ", "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(
            "films.yaml: layout: type is missing; known are cityscapes, coco-instances,"
                + " coco-panoptic, coco-videos, film, generated, kitti-step, label-maps, pictures,"
                + " video-files");
  }

  @Test
  void itsSettingsAreReadStrictly() {
    assertThatThrownBy(() -> definition(FILMS.replace("side: 4", "sides: 4")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("films.yaml: unknown key 'layout.sides'\nknown here: side, suffix");
    assertThatThrownBy(() -> definition(FILMS.replace("side: 4", "side: 65")))
        .hasMessageEndingWith("films.yaml: layout: side is 65, expected 1 to 64");
    assertThatThrownBy(() -> definition(FILMS.replace("side: 4", "side: four")))
        .hasMessageContaining("films.yaml: layout.side: 'four' is not a whole number");
  }

  @Test
  void layoutsAreCalledInStoredResultsAsEver() {
    assertThat(Layout.known().values().stream().filter(layout -> !layout.type().equals("film")))
        .extracting(Layout::type, Layout::reading, Layout::computed)
        .map(values -> String.join(" | ", values.toList().stream().map(String::valueOf).toList()))
        .containsExactly(
            "cityscapes | Cityscapes, SINGLE_CHANNEL | false",
            "coco-instances | CocoInstances | false",
            "coco-panoptic | CocoPanoptic | false",
            "coco-videos | CocoVideos | false",
            "generated | Generated | true",
            "kitti-step | KittiStep, RED_CHANNEL | false",
            "label-maps | LabelMaps, SINGLE_CHANNEL | false",
            "pictures | Pictures | false",
            "video-files | VideoFiles, every 0.0 s from 0.0 to 0.0, 0 x 0, swscale 9 | false");
    assertThat(new CocoVideosLayout(null, null, null, null, null, true).reading())
        .isEqualTo("CocoVideos, stuff counts as objects");
  }

  @Test
  void theIndexNamesEveryPackagedDataSet() throws IOException {
    Path packaged = Path.of("src/main/resources/io/videottt/catalog");
    try (Stream<Path> files = Files.list(packaged)) {
      assertThat(Files.readAllLines(packaged.resolve(Catalog.INDEX)))
          .containsExactlyElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".yaml"))
                  .map(name -> name.replace(".yaml", ""))
                  .sorted()
                  .toList());
    }
    assertThat(Catalog.builtIn().open("embedded", Optional.empty(), hadoop).splits()).isNotEmpty();
  }
}
