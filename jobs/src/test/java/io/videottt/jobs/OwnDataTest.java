package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files and commands of the chapter about own data in docs/data.md, as they stand there. */
class OwnDataTest {

  private static final Pattern FILE =
      Pattern.compile("```yaml\\n# (\\S+\\.yaml)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMANDS = Pattern.compile("```\\n(sed .*?)```", Pattern.DOTALL);

  @TempDir private Path folder;
  private String chapter;

  @BeforeEach
  void writeFilesOfTheChapter() throws IOException {
    String page = Files.readString(Path.of("../docs/data.md"));
    int start = page.indexOf("## Your own data");
    chapter = page.substring(start, page.indexOf("\n## ", start));
    Matcher files = FILE.matcher(chapter);
    while (files.find()) {
      Path file = folder.resolve(files.group(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, files.group(2));
    }
    // A test has less time than a person.
    replace("my-training.yaml", "iterations: 800", "iterations: 2, warmUpIterations: 1");
    replace("my-training.yaml", "iterations: 1200", "iterations: 2, warmUpIterations: 1");
    for (String video : List.of("noon", "morning", "night")) {
      for (int frame = 0; frame < 2; frame++) {
        writeFrame(video, frame);
      }
    }
    Files.createSymbolicLink(
        folder.resolve("conf"), Path.of("../conf").toAbsolutePath().normalize());
  }

  private void replace(String name, String old, String with) throws IOException {
    Path file = folder.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, with));
  }

  private void writeFrame(String video, int frame) throws IOException {
    BufferedImage image = new BufferedImage(160, 96, BufferedImage.TYPE_INT_RGB);
    BufferedImage labels = new BufferedImage(160, 96, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 96; y++) {
      for (int x = 0; x < 160; x++) {
        boolean car = y > 40 && x > 30 + 5 * frame && x < 90;
        image.setRGB(x, y, (car ? 0xb03030 : 0x606060) + (x * 7 + y * 13) % 32);
        labels.getRaster().setSample(x, y, 0, car ? 1 : 0);
      }
    }
    write(image, "jpg", "data/images/" + video + "/" + frame + ".jpg");
    write(labels, "png", "data/labels/" + video + "/" + frame + ".png");
  }

  private void write(BufferedImage image, String format, String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    assertThat(ImageIO.write(image, format, folder.resolve(name).toFile())).isTrue();
  }

  private List<String> commands() {
    Matcher block = COMMANDS.matcher(chapter);
    assertThat(block.find()).isTrue();
    return block.group(1).lines().toList();
  }

  /** The arguments of a command, its paths relative to the folder. */
  private String[] arguments(String command) {
    return Arrays.stream(command.substring("./ttt ".length()).split(" "))
        .map(
            word ->
                Files.exists(folder.resolve(word)) || word.startsWith("runs/")
                    ? folder.resolve(word).toString()
                    : word)
        .toArray(String[]::new);
  }

  private void writeNetwork() throws IOException, InterruptedException {
    Process sed =
        new ProcessBuilder("bash", "-c", commands().get(0)).directory(folder.toFile()).start();
    assertThat(sed.waitFor()).isZero();
  }

  @Test
  void theChapterGoesFromPicturesToTables() throws Exception {
    List<String> commands = commands();
    assertThat(commands).hasSize(5);
    writeNetwork();
    for (String command : commands.subList(1, 5)) {
      List<String> arguments = new ArrayList<>(List.of(arguments(command)));
      if (!command.contains(" report ")) {
        // The chapter's pictures are somewhere else.
        arguments.addAll(List.of("--root", "my-streets=" + folder.resolve("data")));
      }
      if (command.contains(" sweep ") || command.contains(" report ")) {
        arguments.addAll(List.of("--master", "local[1]"));
      }
      TinySweep.Run run = TinySweep.run(arguments.toArray(String[]::new));
      assertThat(run.status()).as(command + "\n" + run.err()).isZero();
      if (command.contains("catalog check")) {
        assertThat(run.out()).contains("nothing is missing or wrong");
      }
    }
    for (String tables : List.of("runs/my-sweep/tables", "runs/my-report")) {
      try (Stream<Path> files = Files.list(folder.resolve(tables))) {
        Path table =
            files
                .filter(file -> file.getFileName().toString().matches("table1-.*\\.md"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(table)).contains("Online TTT-MAE");
      }
    }
    assertThat(folder.resolve("runs/my-report/index.html")).isRegularFile();
  }

  @Test
  void aTrainingOnOtherClassesThanTheNetworksIsRefusedInOneLine() throws IOException {
    Files.copy(
        folder.resolve("conf/training/architectures/feature-pyramid-19.json"),
        folder.resolve("my-network.json"));
    TinySweep.Run run = TinySweep.run(arguments(commands().get(2)));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .contains("architecture", "my-network.json", "has 19 classes", "my-streets has 2");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aTrainingOnAVideoThatCannotBeOpenedIsRefusedWithAllOfThemAndTheWayOut() throws Exception {
    writeNetwork();
    List<String> arguments = new ArrayList<>(List.of(arguments(commands().get(2))));
    arguments.addAll(List.of("--root", "my-streets=" + folder.resolve("data")));
    for (int frame = 0; frame < 2; frame++) {
      Files.delete(folder.resolve("data/images/morning/%d.jpg".formatted(frame)));
    }

    TinySweep.Run run = TinySweep.run(arguments.toArray(String[]::new));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err())
        .contains("my-training.yaml: validation: 1 of 2 videos of my-streets test cannot be opened")
        .contains(" (morning): ", "has no files that end in .jpg")
        .contains("name the others with videos: [...] under validation");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void rootsAreNamedOrForAllAndAWrongNameIsRefused() throws IOException {
    Path moved = Files.move(folder.resolve("data"), folder.resolve("a=b"));
    String check = commands().get(1);
    assertThat(check(check, "my-streets=" + moved).status()).isZero();
    assertThat(check(check, moved.toString()).status()).isZero();
    assertThat(check(check, "camvid=" + moved).err())
        .contains("data set camvid is not used here, but my-streets");
    assertThat(TinySweep.run(arguments(check)).err())
        .contains("the root /data/my-streets does not exist", "--root");
    assertThat(check(check, "my-streets=" + folder.resolve("gone")).err())
        .contains("the root " + folder.resolve("gone") + " does not exist");
  }

  private TinySweep.Run check(String command, String root) {
    List<String> arguments = new ArrayList<>(List.of(arguments(command)));
    arguments.addAll(List.of("--root", root));
    return TinySweep.run(arguments.toArray(String[]::new));
  }
}
