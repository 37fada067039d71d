namespace PerfMarketing.Attribution;

/// <summary>Who gets the credit of an outcome that belongs to several partners by one kind of claim.</summary>
public enum SeveralOwners
{
    /// <summary>Each gets the same.</summary>
    Share,

    /// <summary>The one that is named first.</summary>
    First,

    /// <summary>The one that is named last.</summary>
    Last,
}
