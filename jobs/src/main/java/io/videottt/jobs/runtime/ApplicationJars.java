package io.videottt.jobs.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jars that executors need beside those of a Spark distribution, where the build put them. */
public final class ApplicationJars {

  /** Names before the version; Spark's metrics-core is none of them. */
  private static final Pattern APPLICATION = Pattern.compile("videottt-jobs-[0-9].*\\.jar");

  private static final Pattern LIBRARY =
      named(
          "videottt-[a-z-]+|api|pytorch-[a-z-]+|picocli|gson|jna"
              + "|jackson-dataformat-yaml|jackson-dataformat-cbor|jackson-datatype-jdk8"
              + "|ffmpeg|javacpp|ejml-[a-z]+|jte-runtime|jfreechart|batik-[a-z0-9-]+|xmlgraphics-commons");

  /** Hadoop's client of Amazon's object store and the modules of its SDK, of version 1 or 2. */
  private static final Pattern OBJECT_STORE =
      named(
          "hadoop-aws|aws-[a-z0-9-]+|httpclient|httpcore|jmespath-java|ion-java|joda-time"
              + "|s3|s3-transfer-manager|sts|sdk-core|auth|http-auth[a-z-]*|identity-spi|regions"
              + "|profiles|annotations|utils|arns|apache-client|netty-nio-client|http-client-spi"
              + "|crt-core|checksums|checksums-spi|endpoints-spi|retries|retries-spi|metrics-spi"
              + "|json-utils|protocol-core|third-party-jackson-core|eventstream|reactive-streams");

  private final Path target;

  private ApplicationJars(Path target) {
    this.target = target;
  }

  /** The jars that the launcher has started: those of a build or of a distribution. */
  public static ApplicationJars ofTheLauncher() {
    return new ApplicationJars(Path.of(System.getProperty("videottt.jars", "jobs/target")));
  }

  /** The thin jar; its future place when nothing is built. */
  public Path application() {
    return list(target).stream()
        .filter(file -> APPLICATION.matcher(file.getFileName().toString()).matches())
        .findFirst()
        .orElse(target.resolve("videottt-jobs.jar"));
  }

  /** What it needs; none when nothing is built. */
  public List<Path> libraries() {
    return list(target.resolve("lib")).stream().filter(ApplicationJars::isLibrary).toList();
  }

  /** Whether a jar is needed and no part of a Spark distribution. */
  static boolean isLibrary(Path jar) {
    String name = jar.getFileName().toString();
    return LIBRARY.matcher(name).matches() || OBJECT_STORE.matcher(name).matches();
  }

  private static Pattern named(String names) {
    return Pattern.compile("(" + names + ")-[0-9].*\\.jar");
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
