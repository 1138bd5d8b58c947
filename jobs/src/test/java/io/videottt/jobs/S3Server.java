package io.videottt.jobs;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An S3 server in this process, on the loopback, with one bucket in memory. It has a class loader
 * of its own: it cannot share its libraries with Spark.
 */
final class S3Server implements AutoCloseable {

  static final String ACCESS_KEY = "AKIAVIDEOTTTTESTKEY";
  static final String SECRET_KEY = "this-secret/must+appear-nowhere";

  private static final Path CLASS_PATH = BuildFolder.file("s3-server-class-path");
  private static final Path LOGGING = Path.of("src/test/s3-server");

  /** Held, so that it stays silent: what clients do to the server is asserted, not printed. */
  private static final Logger STORE_LOG = Logger.getLogger("org.jclouds");

  private final URLClassLoader loader;
  private final String bucket;
  private final AutoCloseable store;
  private final Object server;

  /**
   * Starts a server.
   *
   * @param bucket one that no other server of this process has: Hadoop keeps its clients by it
   */
  S3Server(String bucket) throws IOException {
    STORE_LOG.setLevel(Level.OFF);
    this.bucket = bucket;
    this.loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Object builder =
          type("org.jclouds.ContextBuilder")
              .getMethod("newBuilder", String.class)
              .invoke(null, "transient");
      store =
          (AutoCloseable)
              call(builder, "build", Class.class, type("org.jclouds.blobstore.BlobStoreContext"));
      Object blobs =
          type("org.jclouds.blobstore.BlobStoreContext").getMethod("getBlobStore").invoke(store);
      type("org.jclouds.blobstore.BlobStore")
          .getMethod("createContainerInLocation", type("org.jclouds.domain.Location"), String.class)
          .invoke(blobs, null, bucket);
      server = server(blobs);
      call(server, "start");
    } catch (ReflectiveOperationException e) {
      throw new IOException("the S3 server does not start", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Object server(Object blobs) throws ReflectiveOperationException {
    Properties settings = new Properties();
    settings.put("s3proxy.endpoint", "http://127.0.0.1:0");
    settings.put("s3proxy.authorization", "aws-v2-or-v4");
    settings.put("s3proxy.identity", ACCESS_KEY);
    settings.put("s3proxy.credential", SECRET_KEY);
    // The client sends checksums with lists of files to delete, which this server does not know.
    settings.put("s3proxy.ignore-unknown-headers", "true");
    Object builder =
        type("org.gaul.s3proxy.S3Proxy$Builder")
            .getMethod("fromProperties", Properties.class)
            .invoke(null, settings);
    call(builder, "blobStore", type("org.jclouds.blobstore.BlobStore"), blobs);
    return call(builder, "build");
  }

  private static URL[] classPath() throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(url(LOGGING));
    for (String jar : Files.readString(CLASS_PATH).strip().split(File.pathSeparator)) {
      urls.add(url(Path.of(jar)));
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, true, loader);
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  private static Object call(Object target, String method, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    return target.getClass().getMethod(method, type).invoke(target, argument);
  }

  int port() {
    try {
      return (Integer) call(server, "getPort");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bucket as a Hadoop path. */
  String root() {
    return "s3a://" + bucket;
  }

  /** Hadoop's properties to reach the server, or something in front of it, on a port. */
  Map<String, String> properties(int port) {
    return Map.of(
        "fs.s3a.endpoint",
        "http://127.0.0.1:" + port,
        "fs.s3a.endpoint.region",
        "us-east-1",
        "fs.s3a.path.style.access",
        "true",
        "fs.s3a.connection.ssl.enabled",
        "false",
        "fs.s3a.access.key",
        ACCESS_KEY,
        "fs.s3a.secret.key",
        SECRET_KEY);
  }

  @Override
  public void close() throws IOException {
    try {
      call(server, "stop");
      store.close();
    } catch (InvocationTargetException e) {
      throw new IOException(e.getCause());
    } catch (Exception e) {
      throw new IOException(e);
    }
    loader.close();
  }
}
