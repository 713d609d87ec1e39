using System.Net;
using SshFunctions.Support.Processes;

namespace SshFunctions.Support.Http;

/// <summary>An HTTP listener on a free loopback port.</summary>
internal static class LoopbackListener
{
    /// <summary>Starts one.</summary>
    /// <returns>The listener and its address without a trailing slash.</returns>
    public static (HttpListener Listener, string Address) Start()
    {
        while (true)
        {
            string address = $"http://127.0.0.1:{LoopbackPort.Free()}";
            HttpListener listener = new();
            listener.Prefixes.Add(address + "/");
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                // Somebody took the port in between, and the listener that could not start has closed itself.
                listener.Abort();
            }
        }
    }

    /// <summary>Ends one.</summary>
    public static void End(HttpListener listener)
    {
        if (listener.IsListening) listener.Stop();
        // Close would bind the port once more to unbind it, and fail where another test has it by now.
        listener.Prefixes.Clear();
        listener.Close();
    }
}
