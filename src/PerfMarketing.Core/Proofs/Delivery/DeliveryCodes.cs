namespace PerfMarketing.Proofs.Delivery;

/// <summary>The codes of what can be wrong with terms that read delivery statuses.</summary>
public static class DeliveryCodes
{
    /// <summary>No table has this name: every status would be unknown.</summary>
    public const string TableUnknown = "delivery.table-unknown";

    /// <summary>The claim that holds the status is not named, or its name is too long.</summary>
    public const string FieldMissing = "delivery.field-missing";

    /// <summary>An outcome stands twice among those that count, or can never be a result.</summary>
    public const string CountsInvalid = "delivery.counts-invalid";

    /// <summary>A contract's own status is empty or too long, stands twice, or there are too many.</summary>
    public const string StatusesInvalid = "delivery.statuses-invalid";

    /// <summary>Two terms of a contract read one kind of evidence, or there are too many.</summary>
    public const string KindsInvalid = "delivery.kinds-invalid";
}
