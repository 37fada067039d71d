namespace PerfMarketing.Campaigns;

/// <summary>Where an outcome that names a parent takes something from.</summary>
public enum ChildSource
{
    /// <summary>From its parent, once that is decided.</summary>
    Inherited,

    /// <summary>From itself, as an outcome without a parent does.</summary>
    Own,
}
