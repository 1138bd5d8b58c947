package io.videottt.jobs.runtime;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A signal that the process may receive. The platform tells of signals through {@code
 * sun.misc.Signal} only, which is no part of its interface and which the compiler warns of wherever
 * its name stands; here it is reached by name.
 */
final class ProcessSignal {

  /** What a shell adds to the number of the signal that a process has died of. */
  static final int STATUS_OF_SIGNALS = 128;

  private final String name;
  private final Class<?> signalClass;
  private final Class<?> handlerClass;
  private final Object signal;

  /**
   * @param name without SIG, for example TERM
   */
  ProcessSignal(String name) {
    this.name = name;
    try {
      signalClass = Class.forName("sun.misc.Signal");
      handlerClass = Class.forName("sun.misc.SignalHandler");
      signal = signalClass.getConstructor(String.class).newInstance(name);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every Java 17 knows signals", e);
    }
  }

  /** The number, for example 15. */
  int number() {
    return (int) call("getNumber", new Class<?>[0]);
  }

  /**
   * Runs an action whenever the signal comes, one after another, on a thread of the platform. A
   * signal that the process was started with switched off stays so: a shell does that to commands
   * in the background, since Ctrl-C is for others then.
   */
  void handle(Runnable action) {
    setHandler(
        Proxy.newProxyInstance(
            ProcessSignal.class.getClassLoader(),
            new Class<?>[] {handlerClass},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "handle":
                  action.run();
                  return null;
                case "equals":
                  return proxy == arguments[0];
                case "hashCode":
                  return System.identityHashCode(proxy);
                default:
                  return "handler of SIG" + name;
              }
            }));
  }

  /**
   * Has the operating system end the process by this signal, at once. Java itself raises signals
   * only that it handles.
   */
  void raiseUnhandled() {
    setHandler(constant("SIG_DFL"));
    String process = Long.toString(ProcessHandle.current().pid());
    try {
      new ProcessBuilder("kill", "-s", name, process).start().waitFor();
    } catch (IOException withoutKill) {
      Runtime.getRuntime().halt(STATUS_OF_SIGNALS + number());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Object setHandler(Object handler) {
    return call("handle", new Class<?>[] {signalClass, handlerClass}, signal, handler);
  }

  private Object constant(String field) {
    try {
      return handlerClass.getField(field).get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object call(String method, Class<?>[] types, Object... arguments) {
    try {
      return signalClass.getMethod(method, types).invoke(signal, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("SIG" + name + ": " + e.getCause().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
