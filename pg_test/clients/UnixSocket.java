import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/** Takes the JDBC driver to a Unix socket, for the private server of the tests has no other: socketFactory=UnixSocket. */
public class UnixSocket extends SocketFactory {
    private final String path;

    public UnixSocket(String path) {
        this.path = path;
    }

    @Override
    public Socket createSocket() {
        return new Connected(path);
    }

    @Override
    public Socket createSocket(String host, int port) {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort) {
        return createSocket();
    }

    @Override
    public Socket createSocket(java.net.InetAddress host, int port) {
        return createSocket();
    }

    @Override
    public Socket createSocket(java.net.InetAddress host, int port, java.net.InetAddress local, int localPort) {
        return createSocket();
    }

    /** The options of TCP mean nothing here. */
    private static class Connected extends Socket {
        private final String path;
        private SocketChannel channel;

        Connected(String path) {
            this.path = path;
        }

        @Override
        public void connect(SocketAddress address, int timeout) throws java.io.IOException {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(path));
        }

        @Override
        public InputStream getInputStream() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream getOutputStream() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public boolean isConnected() {
            return channel != null;
        }

        @Override
        public void close() throws java.io.IOException {
            if (channel != null) {
                channel.close();
            }
        }

        @Override
        public boolean isClosed() {
            return channel != null && !channel.isOpen();
        }

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public void setKeepAlive(boolean on) {}

        @Override
        public void setSoTimeout(int milliseconds) {}

        @Override
        public int getSoTimeout() {
            return 0;
        }

        @Override
        public void setReceiveBufferSize(int size) {}

        @Override
        public void setSendBufferSize(int size) {}

        @Override
        public int getSendBufferSize() {
            return 8192;
        }
    }
}
