package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.reports.figure.BarFigure;
import io.videottt.reports.figure.BarFigure.Bar;
import io.videottt.reports.figure.BarFigure.Group;
import io.videottt.reports.figure.DrawnFigure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;

/** What is shipped to a Spark distribution is complete: nothing else is on the class path here. */
class ApplicationJarsTest {

  /** The platform and the version in a jar's name, and the version of Scala. */
  private static final Pattern VERSION =
      Pattern.compile("(_2\\.1[23])?-(?!1\\.2-api)[0-9].*\\.jar$");

  /** What the tests alone have. */
  private static final Pattern OF_TESTS =
      Pattern.compile(
          "junit.*|opentest4j|apiguardian-api|assertj-core|byte-buddy|archunit.*|hamcrest-core"
              + "|hadoop-client-minicluster|surefire.*");

  /**
   * What libraries of Spark name as theirs and its distributions leave out: annotations for
   * compilers, parts of Netty that Spark does not use, and what a distribution has under another
   * name (jcl-over-slf4j, shaded copies).
   */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "checker-qual|error_prone_annotations|j2objc-annotations|listenablefuture|jctools-core"
              + "|javax\\.annotation-api|commons-logging|protobuf-java"
              + "|netty-(codec-(classes-quic|haproxy|http3|marshalling|memcache|mqtt|native-quic"
              + "|protobuf|redis|smtp|stomp|xml)|handler-ssl-ocsp|resolver-dns-.*"
              + "|transport-(classes|native)-io_uring|transport-(rxtx|sctp|udt))");

  /** Draws a figure in every format, with the classes of its own loader. */
  public static final class Drawing implements Callable<Integer> {

    @Override
    public Integer call() {
      Group bars = new Group("measured", List.of(new Bar(54.2, 53.7, 56.6)));
      BarFigure figure =
          new BarFigure("bars", "Bars", "A bar.", "mIoU (%)", List.of("Fixed"), List.of(bars));
      return DrawnFigure.of(figure).files().size();
    }
  }

  /** Asks an object store that is not there for a file, with the classes of its own loader. */
  public static final class Asking implements Callable<String> {

    @Override
    public String call() {
      Configuration hadoop = new Configuration();
      hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:1");
      hadoop.set("fs.s3a.endpoint.region", "us-east-1");
      hadoop.set("fs.s3a.access.key", "key");
      hadoop.set("fs.s3a.secret.key", "secret");
      hadoop.set("fs.s3a.attempts.maximum", "1");
      hadoop.set("fs.s3a.retry.limit", "0");
      try (FileSystem files =
          FileSystem.newInstance(java.net.URI.create("s3a://bucket/"), hadoop)) {
        return files.getFileStatus(new org.apache.hadoop.fs.Path("/file")).toString();
      } catch (IOException e) {
        return e.toString();
      }
    }
  }

  @Test
  void figuresAreDrawnWithTheJarsThatAreShipped() throws Exception {
    assertThat(call(Drawing.class, ApplicationJars::isLibrary)).isEqualTo(2);
  }

  @Test
  void anObjectStoreIsAskedWithTheJarsThatAreShippedAndThoseOfADistribution() throws Exception {
    Set<String> distribution = distribution();

    Object answer =
        call(
            Asking.class,
            jar -> ApplicationJars.isLibrary(jar) || distribution.contains(artifact(jar)));

    assertThat(answer).asString().contains("refused");
  }

  @Test
  void everyJarIsShippedOrOfADistributionOrOfTheTests() throws IOException {
    Set<String> distribution = distribution();

    assertThat(classPath().filter(Files::isRegularFile))
        .filteredOn(jar -> !ApplicationJars.isLibrary(jar))
        .extracting(ApplicationJarsTest::artifact)
        .filteredOn(name -> !distribution.contains(name))
        .filteredOn(name -> !OF_TESTS.matcher(name).matches())
        .filteredOn(name -> !LEFT_OUT.matcher(name).matches())
        .as("jars that ApplicationJars or distribution-jars.txt should know")
        .isEmpty();
  }

  private static Object call(Class<? extends Callable<?>> task, Predicate<Path> taken)
      throws Exception {
    URL[] jars =
        classPath()
            .filter(entry -> Files.isDirectory(entry) || taken.test(entry))
            .map(ApplicationJarsTest::url)
            .toArray(URL[]::new);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Object instance = loader.loadClass(task.getName()).getDeclaredConstructor().newInstance();
      return ((Callable<?>) instance).call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Stream<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of);
  }

  private static String artifact(Path jar) {
    return VERSION.matcher(jar.getFileName().toString()).replaceFirst("");
  }

  private static Set<String> distribution() throws IOException {
    try (var list =
        ApplicationJarsTest.class.getResourceAsStream("/io/videottt/jobs/distribution-jars.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toSet());
    }
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
