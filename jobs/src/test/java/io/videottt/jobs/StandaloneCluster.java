package io.videottt.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spark's standalone master and its workers as processes on the loopback interface, on ports that
 * were free. Every worker has one core and claims one GPU, whose address is the worker's number.
 */
final class StandaloneCluster implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final String master;
  private final List<JavaProcess> processes = new ArrayList<>();
  private final List<JavaProcess> workers = new ArrayList<>();
  private final Set<ProcessHandle> executors = new LinkedHashSet<>();
  private final Thread hook = new Thread(this::stop, "stop-cluster");

  private StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(hook);
    // Executors are started from SPARK_HOME; their class path comes from the driver.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    JavaProcess process =
        start(
            "master",
            List.of(),
            "org.apache.spark.deploy.master.Master",
            "--host",
            LOOPBACK,
            "--port",
            "0",
            "--webui-port",
            "0");
    this.master = process.await("Starting Spark master at (spark://\\S+)").group(1);
  }

  /**
   * Starts a cluster.
   *
   * @param folder for logs and the executors' folders
   * @param count number of workers
   */
  static StandaloneCluster start(Path folder, int count) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    try {
      for (int i = 0; i < count; i++) {
        cluster.workers.add(cluster.startWorker(i));
      }
      cluster.workers.forEach(worker -> worker.await("Successfully registered with master"));
      return cluster;
    } catch (IOException | RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private JavaProcess startWorker(int number) throws IOException {
    Path script = folder.resolve("gpu-%d.sh".formatted(number));
    Files.writeString(
        script,
        "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"%d\"]}'\n".formatted(number));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return start(
        "worker-" + number,
        List.of(
            "-Dspark.worker.resource.gpu.amount=1",
            "-Dspark.worker.resource.gpu.discoveryScript=" + script),
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        LOOPBACK,
        "--port",
        "0",
        "--webui-port",
        "0",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--work-dir",
        work().toString(),
        master);
  }

  private JavaProcess start(String name, List<String> options, String... main) throws IOException {
    Path log = folder.resolve(name + ".log");
    JavaProcess process = JavaProcess.start(log, "256m", options, List.of(main));
    processes.add(process);
    return process;
  }

  private Path work() {
    return folder.resolve("work");
  }

  /**
   * Submits a command to the cluster with spark-submit, the driver in the new process.
   *
   * @param name of the driver's log
   * @param properties Spark's, over those for one GPU per executor and task
   * @param launcher arguments of the launcher, with this master
   */
  JavaProcess submit(String name, Map<String, String> properties, List<String> launcher)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("spark.driver.host", LOOPBACK);
    all.put("spark.driver.bindAddress", LOOPBACK);
    all.put("spark.ui.enabled", "false");
    all.put("spark.executor.memory", "512m");
    all.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    all.put(
        "spark.executor.extraJavaOptions",
        "-Dai.djl.offline=true -Dai.djl.pytorch.num_threads=1 "
            + "-Dai.djl.pytorch.num_interop_threads=1 "
            + String.join(" ", JavaProcess.QUICK_START)
            + " "
            + JavaProcess.logging());
    all.put("spark.executor.resource.gpu.amount", "1");
    all.put("spark.task.resource.gpu.amount", "1");
    all.putAll(properties);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    all.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    words.addAll(List.of("--class", Main.class.getName(), "spark-internal"));
    words.addAll(launcher);
    // The engine of the tests has no GPU; where Spark puts the tasks does not depend on it.
    words.addAll(List.of("--device", "cpu"));
    Path log = folder.resolve(name + ".log");
    JavaProcess driver = JavaProcess.start(log, "512m", List.of(), words);
    processes.add(driver);
    return driver;
  }

  String master() {
    return master;
  }

  /** The worker that started an executor. */
  ProcessHandle workerOf(ProcessHandle executor) {
    return workers.stream()
        .map(worker -> worker.process().toHandle())
        .filter(worker -> executor.parent().equals(Optional.of(worker)))
        .findFirst()
        .orElseThrow();
  }

  /** The executors that are running. */
  List<ProcessHandle> executors() {
    List<ProcessHandle> running =
        workers.stream()
            .flatMap(worker -> worker.process().children())
            .filter(child -> child.info().command().orElse("").endsWith("java"))
            .toList();
    executors.addAll(running);
    return running;
  }

  /** Matches in the logs of all executors so far, in the order of lines within an executor. */
  List<MatchResult> executorLines(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
    if (!Files.exists(work())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(work(), 3)) {
      return files
          .filter(file -> file.getFileName().toString().equals("stdout"))
          .flatMap(file -> pattern.matcher(JavaProcess.read(file)).results())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This is the end of the test's process, and the hook does it once more.
      return;
    }
  }

  /** Kills everything that was started, also what is stopped or has lost its parent. */
  private void stop() {
    executors();
    for (JavaProcess process : processes) {
      List<ProcessHandle> descendants = process.process().descendants().toList();
      process.process().destroyForcibly();
      descendants.forEach(ProcessHandle::destroyForcibly);
    }
    executors.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(JavaProcess::awaitEnd);
  }
}
