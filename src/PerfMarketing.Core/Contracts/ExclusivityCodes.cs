namespace PerfMarketing.Contracts;

/// <summary>What can be wrong with exclusive rights, and why they stand against a touch or a credit.</summary>
public static class ExclusivityCodes
{
    /// <summary>
    /// There are more than <see cref="CouponAssignment.CountMax"/> coupon codes, or more than
    /// <see cref="ExclusiveGrant.CountMax"/> exclusive grants.
    /// </summary>
    public const string Count = "exclusivity.count";

    /// <summary>
    /// A coupon code is empty, has more than <see cref="CouponAssignment.CodeLengthMax"/> characters or begins or ends
    /// with a space.
    /// </summary>
    public const string CouponMalformed = "exclusivity.coupon-malformed";

    /// <summary>An exclusive right belongs to a partner whom the contract does not name.</summary>
    public const string PartnerNotNamed = "exclusivity.partner-not-named";

    /// <summary>An exclusive grant names neither a channel nor a place nor a category.</summary>
    public const string GrantEmpty = "exclusivity.grant-empty";

    /// <summary>Two partners have one coupon code on one day.</summary>
    public const string CouponTwice = "exclusivity.coupon-twice";

    /// <summary>
    /// What is one partner's alone is granted to another on the same day: by another exclusive grant, or by a list of
    /// what is allowed.
    /// </summary>
    public const string GrantedTwice = "exclusivity.granted-twice";

    /// <summary>
    /// The touch came through a channel and in a place that is another partner's alone. Args: contract.
    /// </summary>
    public const string GrantedToOther = "exclusivity.granted-to-other";

    /// <summary>
    /// The order used a coupon code that is another partner's, and none of the credited partner's own. Args: partner,
    /// coupon.
    /// </summary>
    public const string CouponOfOther = "exclusivity.coupon-of-other";
}
