package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes of docs/extending.md, as they stand there, in a jar of their own: a sweep with them
 * through {@code spark-submit --jars} on a standalone cluster.
 */
class ExtendingDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/extending.md");

  /** A block of code with its language and its file's name. */
  private static final Pattern FILE =
      Pattern.compile(
          "^```(?:java)?\\n(?:// |# )(\\S+)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern YAML =
      Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir private Path folder;

  @Test
  void aMethodALayoutAMetricAndATableOfAnotherJarRunOnAClusterAndInTheReport() throws Exception {
    Path jar = jar();
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config = folder.resolve("sweep.yaml");
    List<String> blocks = yaml();
    Files.writeString(
        config,
        "datasets: [{name: flat, splits: [test]}]\nmodels: [{label: tiny, joint: joint}]\n"
            + "preset: small\nsettings: {batchSize: 1}\n"
            + blocks.get(0));
    Files.writeString(
        folder.resolve("catalog/flat.yaml"),
        blocks.get(1).replace("/data/flat", folder.resolve("flat").toString()));
    writeFrames(folder.resolve("flat"));

    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 1)) {
      JavaProcess driver =
          cluster.submit(
              "driver",
              Map.of("spark.jars", jar.toString()),
              tiny.arguments(config, "out", cluster.master()));
      assertThat(driver.awaitEnd()).as(driver.log()).isZero();
      assertThat(driver.log()).contains("2 units").contains("Averaged TTT-MAE");
    }
    Path out = tiny.output("out");
    assertThat(out.resolve("metrics/dataset=flat/task=semantic/method=averaged-ttt-mae"))
        .isDirectory();
    List<String> rows = TinySweep.reproducibleRows(out);
    assertThat(rows)
        .hasSize(2 * 3)
        .filteredOn(row -> row.contains("\"annotated\":true"))
        .hasSize(2 * 2)
        .allMatch(row -> row.contains("\"metric_pixel_accuracy\":"));
    assertThat(rows)
        .filteredOn(row -> row.contains("\"annotated\":false"))
        .noneMatch(row -> row.contains("metric_pixel_accuracy"));
    assertThat(Files.readString(out.resolve("tables/further-flat-test-semantic.md")))
        .contains("pixel accuracy, percent", "Averaged TTT-MAE", "MAE Joint Training");
    assertThat(Files.readString(out.resolve("tables/gain-per-second.csv")))
        .contains("Averaged TTT-MAE");
    assertThat(Files.readString(out.resolve("tables/index.html")))
        .contains("keeps nine tenths of the weights", "Gain and its cost");

    // Where the jar is not, what it has made is called by its name, and nothing is lost.
    TinySweep.Run report =
        TinySweep.run(
            "report",
            "--results",
            out.toString(),
            "--output",
            folder.resolve("without").toString());
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(report.out()).contains("averaged-ttt-mae");
  }

  private static List<String> yaml() throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = YAML.matcher(Files.readString(DOCUMENT));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    assertThat(blocks).hasSize(2);
    return blocks;
  }

  /** Compiles what the document has and packs it with its services. */
  private Path jar() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    Matcher matcher = FILE.matcher(Files.readString(DOCUMENT));
    while (matcher.find()) {
      files.put(matcher.group(1), matcher.group(2));
    }
    assertThat(files).hasSize(8);
    Path sources = folder.resolve("sources");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    for (Map.Entry<String, String> file : files.entrySet()) {
      boolean java = file.getKey().endsWith(".java");
      Path target = (java ? sources : classes).resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
      if (java) {
        arguments.add(target.toString());
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    Path jar = folder.resolve("videottt-example.jar");
    try (OutputStream stream = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(stream);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path file : compiled.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        entries.write(Files.readAllBytes(file));
        entries.closeEntry();
      }
    }
    return jar;
  }

  /** Three frames, of which the first and the last show one class and are annotated. */
  private static void writeFrames(Path flat) throws IOException {
    Files.createDirectories(flat);
    int gray = 40;
    for (String name : List.of("street_000000_road", "street_000001", "street_000002_sky")) {
      BufferedImage picture = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 48; x++) {
          picture.setRGB(x, y, gray * 0x010101 + x);
        }
      }
      ImageIO.write(picture, "png", flat.resolve(name + ".png").toFile());
      gray += 60;
    }
  }
}
