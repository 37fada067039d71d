namespace PerfMarketing.Contracts;

/// <summary>What can be wrong with permissions, and why a touch is not permitted.</summary>
public static class PermissionCodes
{
    /// <summary>
    /// A list names nothing, names one thing twice or has more than <see cref="Permissions.CountMax"/> entries.
    /// </summary>
    public const string Entries = "permission.entries";

    /// <summary>One thing is both allowed and denied.</summary>
    public const string Contradiction = "permission.contradiction";

    /// <summary>A method is not kebab-case.</summary>
    public const string MethodMalformed = "permission.method-malformed";

    /// <summary>A condition could not be decided.</summary>
    public const string Condition = "permission.condition";

    /// <summary>A touch of this kind gets no credit. Args: kind.</summary>
    public const string KindNotAllowed = "permission.kind-not-allowed";

    /// <summary>A touch through this channel, or through an unknown one, gets no credit. Args: channel.</summary>
    public const string ChannelNotAllowed = "permission.channel-not-allowed";

    /// <summary>A touch by this method, or by an unknown one, gets no credit. Args: method.</summary>
    public const string MethodNotAllowed = "permission.method-not-allowed";

    /// <summary>A touch in this place, or in an unknown one, gets no credit. Args: country, region.</summary>
    public const string PlaceNotAllowed = "permission.place-not-allowed";

    /// <summary>The condition on touches does not hold. Args: because, the code of the first leaf against it.</summary>
    public const string ConditionNotMet = "permission.condition-not-met";

    /// <summary>
    /// Of the touches that brought the credit, this contract permits none, or only some: what the others brought is not
    /// paid under it. Args: partner, contract, credit, permitted.
    /// </summary>
    public const string CreditNotPermitted = "permission.credit-not-permitted";
}
