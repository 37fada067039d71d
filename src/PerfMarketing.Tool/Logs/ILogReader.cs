namespace PerfMarketing.Tool.Logs;

/// <summary>Reads one form of log and hands what its lines hold to a <see cref="ILogSink"/>.</summary>
internal interface ILogReader
{
    /// <summary>Reads the next line or record; it may hold several events, or be rejected.</summary>
    /// <returns>Whether there was one.</returns>
    bool Read();
}
