namespace PerfMarketing.Tool.Commands;

/// <summary>How the command ends.</summary>
internal static class ExitCodes
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>A file has errors; they were printed.</summary>
    public const int BadInput = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int WrongUsage = 2;

    /// <summary>Two files were compared, and their terms differ.</summary>
    public const int Different = 3;
}
