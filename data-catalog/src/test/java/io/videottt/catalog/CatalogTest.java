package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.image.TestImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {

  private static final String OWN =
      """
      name: own-data
      root: ROOT
      layout: {type: label-maps}
      framesPerSecond: 10
      splits:
        all: {videos: [clip]}
      classes:
        - {id: 0, name: road, colour: "#804080"}
        - {id: 1, name: car, thing: true, colour: "#0000ff", sourceIds: [7, 9]}
      """;

  private final Configuration hadoop = new Configuration();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "camvid, 11",
    "kitti-step, 19",
    "cityscapes, 19",
    "embedded, 19",
    "coco-panoptic, 133",
    "coco-instances, 80",
    "coco-videos, 133"
  })
  void builtInDataSetsAreComplete(String name, int classCount) {
    DataSetDefinition definition = Catalog.builtIn().definition(name);
    assertThat(definition.name()).isEqualTo(name);
    assertThat(definition.classCount()).isEqualTo(classCount);
    assertThat(definition.classes()).extracting(ClassDefinition::name).doesNotHaveDuplicates();
    assertThat(definition.classes()).extracting(ClassDefinition::rgb).doesNotHaveDuplicates();
    assertThat(definition.classes()).anyMatch(ClassDefinition::thing);
  }

  @Test
  void builtInDataSetsAreListedByName() {
    assertThat(Catalog.builtIn().names())
        .containsExactly(
            "camvid",
            "cityscapes",
            "coco-instances",
            "coco-panoptic",
            "coco-videos",
            "davis",
            "embedded",
            "films",
            "kitti-step",
            "lumiere-films");
    assertThatThrownBy(() -> Catalog.builtIn().definition("coco"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "no data set is called \"coco\"; the catalogue has camvid, cityscapes, coco-instances,"
                + " coco-panoptic, coco-videos, davis, embedded, films, kitti-step, lumiere-films");
  }

  @Test
  void cocosClassesAreInTheOrderOfThePublishedCheckpoints() {
    List<ClassDefinition> all = Catalog.builtIn().definition("coco-panoptic").classes();
    assertThat(all.subList(0, 80)).allMatch(ClassDefinition::thing);
    assertThat(all.subList(80, 133)).noneMatch(ClassDefinition::thing);
    assertThat(Catalog.builtIn().definition("coco-instances").classes())
        .isEqualTo(all.subList(0, 80));
    assertThat(all.get(79).name()).isEqualTo("toothbrush");
    assertThat(all.get(79).sourceIds()).containsExactly(90L);
    assertThat(all.get(80).name()).isEqualTo("banner");
    assertThat(all.get(116).name()).isEqualTo("tree-merged");
    assertThat(all.get(132).name()).isEqualTo("rug-merged");
    assertThat(all.get(132).sourceIds()).containsExactly(200L);
    assertThat(all).extracting(c -> c.sourceIds().get(0)).isSorted();
  }

  @Test
  void classesMayBeNamedInsteadOfListed() {
    String listed = OWN.substring(OWN.indexOf("classes:"));
    write("own.yaml", OWN.replace(listed, "classes: coco-80\n"));
    assertThat(withFolder().definition("own-data").classCount()).isEqualTo(80);
    write("own.yaml", OWN.replace(listed, "classes: coco-90\n"));
    assertThatThrownBy(this::withFolder)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("own.yaml: classes: no list of classes is called \"coco-90\"")
        .hasMessageContaining("coco-133, coco-80");
  }

  @Test
  void aFolderAddsDataSetsAndReplacesBuiltInOnes() {
    write("own.yaml", OWN);
    write("mine.yaml", OWN.replace("own-data", "camvid"));
    write("notes.txt", "not read");
    Catalog catalog = withFolder();
    assertThat(catalog.names()).contains("own-data", "cityscapes");
    assertThat(catalog.definition("camvid").classCount()).isEqualTo(2);
    DataSetDefinition own = catalog.definition("own-data");
    assertThat(own.title()).isEqualTo("own-data");
    assertThat(own.ignoreLabels()).containsExactly(255L);
    assertThat(own.classes().get(0).sourceIds()).containsExactly(0L);
    assertThat(own.classes().get(1).sourceIds()).containsExactly(7L, 9L);
  }

  @Test
  void unquotedVideoNumbersKeepTheirZeros() {
    write("own.yaml", OWN.replace("[clip]", "[0001, 0016E5]"));
    assertThat(withFolder().definition("own-data").split("all").videos())
        .containsExactly("0001", "0016E5");
  }

  @Test
  void splitsAndVideosHaveTitles() {
    write(
        "own.yaml",
        OWN.replace("[clip]}", "[clip, other], title: mornings, videoTitles: {clip: Rain}}"));

    SplitDefinition split = withFolder().definition("own-data").split("all");

    assertThat(split.title()).isEqualTo("mornings");
    assertThat(split.titleOf("clip")).isEqualTo("Rain");
    assertThat(split.titleOf("other")).isEqualTo("other");
  }

  @Test
  void theRootComesFromTheCommandLineThenTheEnvironmentThenTheFile() throws IOException {
    for (String name : new String[] {"file", "variable", "option"}) {
      Files.createDirectories(folder.resolve(name));
    }
    write("own.yaml", OWN.replace("ROOT", folder.resolve("file").toString()));
    Map<String, String> variables =
        Map.of("VIDEOTTT_ROOT_OWN_DATA", folder.resolve("variable").toString());
    Catalog plain = withFolder().withEnvironment(Map.of());
    Catalog moved = withFolder().withEnvironment(variables);
    Optional<String> option = Optional.of(folder.resolve("option").toString());
    assertThat(root(plain, Optional.empty())).endsWith("file");
    assertThat(root(moved, Optional.empty())).endsWith("variable");
    assertThat(root(moved, option)).endsWith("option");
  }

  @Test
  void definitionsTravelToOtherProcesses() throws Exception {
    for (String name : Catalog.builtIn().names()) {
      DataSetDefinition definition = Catalog.builtIn().definition(name);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
        stream.writeObject(definition);
      }
      try (ObjectInputStream stream =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(stream.readObject()).isEqualTo(definition);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root: ROOT                | rot: ROOT                  | unknown key 'rot'",
        "root: ROOT                | root: ROOT\\n"
            + "root: B       | the key 'root' stands twice, first in line",
        "name: own-data            | name: Own Data             | name is Own Data",
        "name: own-data            | title: x                   | name is null",
        "{type: label-maps}        | {type: tiff-stack}         | label-maps",
        "{type: label-maps}        | {type: label-maps, x: 1}   | unknown key 'layout.x'",
        "{type: label-maps}        | {type: label-maps, images: ../up} | images \"..\"",
        "framesPerSecond: 10       | framesPerSecond: 0         | framesPerSecond is 0.0",
        "framesPerSecond: 10       | framesPerSecond: fast      | framesPerSecond: ",
        "all: {videos: [clip]}     | all: {videos: [../clip]}   | video \"../clip\"",
        "all: {videos: [clip]}     | all: {videos: [clip, clip]} | names one video twice",
        "all: {videos: [clip]}     | all: {list: /etc/passwd}   | list \"\"",
        "all: {videos: [clip]}     | all: {folder: a/../../b}   | folder \"..\"",
        "all: {videos: [clip]}     | all: {limit: -1}           | limit is -1",
        "all: {videos: [clip]}     | all: {labels: SOMETIMES}   | SOMETIMES",
        "all: {videos: [clip]}     | all: {title: \" \"}         | title: expected 1 to 100"
            + " characters",
        "[clip]}                   | [clip], videoTitles: {clap: A}} | videoTitles names clap,"
            + " which is none",
        "[clip]}                   | [clip], shifts: {a: []}}   | shifts: a has no stages",
        "[clip]}                   | [clip], shifts: {a b: [{course: rises, corruptions: {noise:"
            + " 1}}]}} | shifts: \"a b\", expected small letters",
        "[clip]}                   | [clip], shifts: {a: [{corruptions: {noise: 1}}]}} | course is"
            + " missing",
        "[clip]}                   | [clip], shifts: {a: [{course: rises}]}} | corruptions is"
            + " missing or empty",
        "[clip]}                   | [clip], shifts: {a: [{course: sinks, corruptions: {noise:"
            + " 1}}]}} | 'sinks' is not one of constant, rises, peaks, rises-and-fades, gives-way,"
            + " takes-over",
        "[clip]}                   | [clip], shifts: {a: [{course: rises, corruptions: {snow:"
            + " 1}}]}} | 'snow' is not one of haze, cast, defocus, low-light, noise, speckle, jpeg",
        "[clip]}                   | [clip], shifts: {a: [{course: rises, corruptions: {noise:"
            + " 1.5}}]}} | noise is 1.5, expected more than 0 and at most 1",
        "[clip]}                   | [clip], shifts: {a: [{course: rises, corruptions: {noise:"
            + " 0}}]}} | noise is 0.0, expected more than 0 and at most 1",
        "[clip]}                   | [clip], shifts: {a: [{course: rises, corruptions: {noise:"
            + " .nan}}]}} | noise",
        "[clip]}                   | [clip], published: {frames: 3}, shifts: {a: [{course: rises,"
            + " corruptions: {noise: 1}}]}} | published and shifts",
        "[clip]}                   | [clip], videoTitles: {clip: A}, shifts: {a: [{course: rises,"
            + " corruptions: {noise: 1}}]}} | videoTitles names clip, which is none",
        "all: {videos: [clip]}     | all:                       | split all is empty",
        "{id: 0, name: road        | {id: 3, name: road         | class road has id 3, expected 0",
        "[7, 9]                    | [0, 9]                     | label id 0 belongs to both",
        "[7, 9]                    | [7, 255]                   | label id 255 belongs to both",
        "[7, 9]                    | [7, 700]                   | source id 700, expected 0 to 255"
            + " in this layout",
        "\"#804080\"               | purple                     | colour is purple",
        "name: own-data            | name: \"own               | not valid YAML, line",
      })
  void mistakesAreNamedWithTheFile(String from, String to, String message) {
    assertThat(OWN).contains(from.strip());
    write("own.yaml", OWN.replace(from.strip(), to.strip().replace("\\n", "\n")));
    assertThatThrownBy(this::withFolder)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("own.yaml: ")
        .hasMessageContaining(message.strip())
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
  }

  @Test
  void theUnknownKeyComesWithTheKnownOnes() {
    write("own.yaml", OWN.replace("all: {videos", "all: {video"));
    assertThatThrownBy(this::withFolder)
        .hasMessageEndingWith(
            "own.yaml: unknown key 'splits.all.video'\n"
                + "known here: folder, framesPerSecond, labels, limit, list, monochrome, published, shifts,"
                + " title, videoTitles, videos");
  }

  @Test
  void oneNameInTwoFilesIsRefused() {
    write("a.yaml", OWN);
    write("b.yaml", OWN);
    assertThatThrownBy(this::withFolder)
        .hasMessageContaining("data set own-data is already defined in")
        .hasMessageContaining("a.yaml");
  }

  @Test
  void missingFoldersAndEmptyOrHugeFilesAreRefused() {
    assertThatThrownBy(
            () ->
                Catalog.withFolder(
                    new org.apache.hadoop.fs.Path(folder.resolve("absent").toString()), hadoop))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("absent: the folder does not exist");
    write("own.yaml", "");
    assertThatThrownBy(this::withFolder)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("own.yaml: ");
    write("own.yaml", "#".repeat(2 << 20));
    assertThatThrownBy(this::withFolder)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at most 1048576 are read");
  }

  private Catalog withFolder() {
    return Catalog.withFolder(new org.apache.hadoop.fs.Path(folder.toString()), hadoop);
  }

  private String root(Catalog catalog, Optional<String> override) {
    return catalog.open("own-data", override, hadoop).definition().root();
  }

  private void write(String name, String text) {
    TestImages.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
